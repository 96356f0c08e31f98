// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;

/// What the platform vouches for.
@RunWith(RobolectricTestRunner.class)
public class KeyAttestorTest {

  private static final byte[] NONCE =
      "a challenge of the server's".getBytes(StandardCharsets.UTF_8);

  private final FakeKeyStore store = FakeKeyStore.install();
  private final AndroidKeyStoreKeys keys = AndroidKeyStoreKeysTest.keys(KeyTerms.USUAL, Gate.SHUT);
  private final KeyAttestor attestor = new KeyAttestor(keys);

  private static X509Certificate certificate(byte[] der) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static byte[] challenge(X509Certificate leaf) {
    var value = leaf.getExtensionValue(TestAuthority.STATEMENT.getId());
    return Arrays.copyOfRange(value, 4, value.length);
  }

  @Test
  public void a_fresh_key_answers_the_challenge_and_the_devices_key_has_its_own_statement()
      throws Exception {
    var own = keys.generate();
    var statement = attestor.attest(NONCE).orElseThrow();
    assertThat(statement.format()).isEqualTo("android-key");
    var fresh = certificate(statement.parts().get(0));
    assertThat(challenge(fresh)).isEqualTo(NONCE);
    assertThat(fresh.getPublicKey().getEncoded()).isNotEqualTo(own.getEncoded());
    assertThat(certificate(statement.keyChain().get(0)).getPublicKey().getEncoded())
        .isEqualTo(own.getEncoded());
    assertThat(certificate(statement.parts().get(1))).isEqualTo(store.maker.root());
    assertThat(certificate(statement.keyChain().get(1))).isEqualTo(store.maker.root());
  }

  @Test
  public void the_fresh_key_is_thrown_away_at_once() throws Exception {
    keys.generate();
    var unused = attestor.attest(NONCE);
    assertThat(store.entries).containsOnlyKeys("vigil-device");
  }

  @Test
  public void a_phone_that_signs_its_own_statements_attests_nothing() throws Exception {
    store.vouches = false;
    keys.generate();
    assertThat(attestor.attest(NONCE)).isEmpty();
  }

  @Test
  public void a_phone_without_a_key_attests_nothing() throws Exception {
    assertThat(attestor.attest(NONCE)).isEmpty();
  }

  @Test
  public void a_key_store_that_fails_is_an_error_and_not_a_claim() throws Exception {
    keys.generate();
    java.security.Security.removeProvider(FakeKeyStore.NAME);
    assertThatThrownBy(() -> attestor.attest(NONCE)).isInstanceOf(IOException.class);
  }

  @Test
  public void a_token_of_google_play_is_passed_on_for_the_challenge() {
    var play = new PlayIntegrityAttestor(nonce -> Optional.of("token-for-" + nonce));
    var expected = "token-for-" + Base64.getUrlEncoder().withoutPadding().encodeToString(NONCE);
    assertThat(play.attest(NONCE))
        .hasValueSatisfying(statement -> {
          assertThat(statement.format()).isEqualTo("play-integrity");
          assertThat(new String(statement.parts().get(0), StandardCharsets.US_ASCII))
              .isEqualTo(expected);
        });
  }

  @Test
  public void a_hook_that_fails_claims_nothing() {
    PlayIntegrityHook absent = nonce -> Optional.empty();
    PlayIntegrityHook offline =
        nonce -> {
          throw new IOException("no network");
        };
    PlayIntegrityHook broken =
        nonce -> {
          throw new IllegalStateException("no Play on this phone");
        };
    PlayIntegrityHook chatty = nonce -> Optional.of("x".repeat(100_000));
    PlayIntegrityHook silent = nonce -> Optional.of(" ");
    for (var hook : new PlayIntegrityHook[] {absent, offline, broken, chatty, silent}) {
      assertThat(new PlayIntegrityAttestor(hook).attest(NONCE)).isEmpty();
    }
  }
}
