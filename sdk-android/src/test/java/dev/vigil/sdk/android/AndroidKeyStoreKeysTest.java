// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import android.security.keystore.KeyProperties;
import android.security.keystore.UserNotAuthenticatedException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;

/// The device's key in Android's key store.
@RunWith(RobolectricTestRunner.class)
public class AndroidKeyStoreKeysTest {

  private static final byte[] DATA = {1, 2, 3};

  private final FakeKeyStore store = FakeKeyStore.install();
  private final AndroidKeyStoreKeys keys = keys(KeyTerms.USUAL, Gate.SHUT);

  static AndroidKeyStoreKeys keys(KeyTerms terms, Gate gate) {
    return new AndroidKeyStoreKeys(terms, gate);
  }

  private static boolean verifies(ECPublicKey key, byte[] signature) throws Exception {
    var check = Signature.getInstance("SHA256withECDSA", TestAuthority.MAKER);
    check.initVerify(key);
    check.update(DATA);
    return check.verify(signature);
  }

  @Test
  public void a_key_is_made_in_strongbox_and_signs() throws Exception {
    assertThat(keys.publicKey()).isEmpty();
    var key = keys.generate();
    assertThat(keys.publicKey()).contains(key);
    assertThat(verifies(key, keys.sign(DATA))).isTrue();
    assertThat(store.made)
        .singleElement()
        .satisfies(terms -> {
          assertThat(terms.isStrongBoxBacked()).isTrue();
          assertThat(terms.getAttestationChallenge())
              .isEqualTo("vigil-device-key-v1".getBytes(StandardCharsets.US_ASCII));
          assertThat(terms.getPurposes()).isEqualTo(KeyProperties.PURPOSE_SIGN);
          assertThat(terms.isUserAuthenticationRequired()).isFalse();
        });
  }

  @Test
  public void without_strongbox_the_key_is_made_where_the_system_keeps_keys() throws Exception {
    store.strongBox = false;
    assertThat(verifies(keys.generate(), keys.sign(DATA))).isTrue();
    assertThat(store.made)
        .singleElement()
        .satisfies(terms -> assertThat(terms.isStrongBoxBacked()).isFalse());
  }

  @Test
  public void the_key_is_never_exported() throws Exception {
    keys.generate();
    assertThat(keys.handle().getEncoded()).isNull();
    assertThat(keys.toString()).doesNotContain("Handle");
  }

  @Test
  public void the_key_outlives_the_app_and_not_its_removal() throws Exception {
    var key = keys.generate();
    var restarted = keys(KeyTerms.USUAL, Gate.SHUT);
    assertThat(restarted.publicKey()).contains(key);
    restarted.forget();
    assertThat(restarted.publicKey()).isEmpty();
    assertThatThrownBy(() -> restarted.sign(DATA)).isInstanceOf(InvalidKeyException.class);
  }

  @Test
  public void a_key_that_a_new_finger_invalidated_is_gone_and_a_new_one_can_be_made()
      throws Exception {
    var biometric = keys(KeyTerms.biometric(Duration.ofMinutes(5)), Gate.SHUT);
    var old = biometric.generate();
    store.mood = FakeKeyStore.Mood.INVALIDATED;
    assertThatThrownBy(() -> biometric.sign(DATA)).isInstanceOf(KeyLostException.class);
    assertThat(biometric.publicKey()).isEmpty();
    assertThat(store.entries).isEmpty();
    store.mood = FakeKeyStore.Mood.WELL;
    assertThat(biometric.generate()).isNotEqualTo(old);
  }

  @Test
  public void a_biometric_key_is_ordered_so() throws Exception {
    keys(KeyTerms.biometric(Duration.ofMinutes(5)), Gate.SHUT).generate();
    assertThat(store.made)
        .singleElement()
        .satisfies(terms -> {
          assertThat(terms.isUserAuthenticationRequired()).isTrue();
          assertThat(terms.getUserAuthenticationType())
              .isEqualTo(KeyProperties.AUTH_BIOMETRIC_STRONG);
          assertThat(terms.getUserAuthenticationValidityDurationSeconds()).isEqualTo(300);
          assertThat(terms.isInvalidatedByBiometricEnrollment()).isTrue();
        });
  }

  @Test
  public void a_locked_key_asks_the_person_once_and_goes_on() throws Exception {
    var asked = new AtomicInteger();
    var biometric =
        keys(
            KeyTerms.biometric(Duration.ofMinutes(5)),
            () -> {
              asked.incrementAndGet();
              store.mood = FakeKeyStore.Mood.WELL;
              return Gate.Passage.PASSED;
            });
    var key = biometric.generate();
    store.mood = FakeKeyStore.Mood.LOCKED;
    assertThat(verifies(key, biometric.sign(DATA))).isTrue();
    assertThat(biometric.handle()).isNotNull();
    assertThat(asked).hasValue(1);
  }

  @Test
  public void a_person_who_declines_keeps_the_key_locked() throws Exception {
    var biometric = keys(KeyTerms.biometric(Duration.ofMinutes(5)), () -> Gate.Passage.REFUSED);
    biometric.generate();
    store.mood = FakeKeyStore.Mood.LOCKED;
    assertThatThrownBy(() -> biometric.sign(DATA))
        .isInstanceOf(UserNotAuthenticatedException.class);
    assertThatThrownBy(biometric::handle).isInstanceOf(UserNotAuthenticatedException.class);
    assertThat(biometric.publicKey()).isPresent();
  }
}
