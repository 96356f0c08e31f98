// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.pki.Branch;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.pki.ClientProfile;
import dev.vigil.pki.KeyUnavailable;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.SoftToken;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TestAuthorities;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Authorities' keys in a PKCS#11 token: SoftHSM.
class TokenTest {

  private static final Secret PASSWORD =
      Secret.of("a password from outside".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path data;

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(6);
  private SoftToken soft;

  @BeforeEach
  void token() throws IOException {
    assumeTrue(SoftToken.installed().isPresent(), "SoftHSM is not installed");
    soft = SoftToken.take(data);
  }

  private Token at(String label, Path pin) {
    return Token.at(new TokenPlace(SoftToken.installed().orElseThrow(), label, pin), time);
  }

  private Outcome<KeyRing> opening(Optional<Token> token) {
    var founding = new Founding("Test Bank", List.of("127.0.0.1"), token);
    return KeyRing.open(data.resolve("keys"), PASSWORD, founding, time, entropy);
  }

  private KeyRing open() {
    return value(opening(Optional.of(at(soft.label(), soft.pinFile()))));
  }

  private void issues(KeyRing keys) throws Exception {
    var request = value(CertificateRequest.parse(SoftwareKey.generate().certificateRequest()));
    var profile = new ClientProfile(DeviceId.random(entropy), Duration.ofHours(24));
    var authority = keys.authority(Branch.DEVICE);
    var issued = value(authority.check(profile, request, time.now())).sign(entropy);
    TestAuthorities.read(issued.der()).verify(authority.certificate().getPublicKey());
    authority.certificate().verify(keys.rootCertificate().getPublicKey());
  }

  private static List<KeyPurpose> inToken(KeyRing keys) {
    return keys.shown().stream()
        .filter(one -> one.place() == ShownKey.Place.TOKEN)
        .map(ShownKey::purpose)
        .toList();
  }

  @Test
  void an_installation_founded_with_a_token_keeps_root_and_authorities_in_it() throws Exception {
    issues(open());
    var again = open();
    issues(again);
    assertThat(inToken(again))
        .containsExactly(
            KeyPurpose.ROOT,
            KeyPurpose.DEVICE_AUTHORITY,
            KeyPurpose.PARTNER_AUTHORITY,
            KeyPurpose.WORKLOAD_AUTHORITY);
    assertThat(refusal(again.exportRoot(PASSWORD))).isEqualTo(KeyRefusal.ROOT_IN_TOKEN);
    assertThat(refusal(again.removeRoot())).isEqualTo(KeyRefusal.ROOT_IN_TOKEN);
    value(again.rotate(KeyPurpose.SERVER, KeyRing.Old.STILL_VERIFIES));
  }

  @Test
  void an_installation_from_before_moves_its_authorities_by_rotation_and_its_root_stays()
      throws Exception {
    var before = value(opening(Optional.empty()));
    var old = before.authority(Branch.DEVICE).certificate();
    var keys = open();
    assertThat(inToken(keys)).isEmpty();
    value(keys.rotate(KeyPurpose.DEVICE_AUTHORITY, KeyRing.Old.STILL_VERIFIES));
    assertThat(inToken(keys)).containsExactly(KeyPurpose.DEVICE_AUTHORITY);
    assertThat(keys.clientAuthorities()).contains(old);
    issues(keys);
    assertThat(value(keys.exportRoot(PASSWORD)).size()).isPositive();
    var moved = value(opening(Optional.empty()));
    assertThat(moved.shown().get(1).place()).isEqualTo(ShownKey.Place.TOKEN_AWAY);
    value(moved.rotate(KeyPurpose.DEVICE_AUTHORITY, KeyRing.Old.STILL_VERIFIES));
    issues(moved);
  }

  @Test
  void a_key_that_was_rotated_away_is_destroyed_in_the_token() throws Exception {
    var keys = open();
    var old = keys.authority(Branch.DEVICE);
    value(keys.rotate(KeyPurpose.DEVICE_AUTHORITY, KeyRing.Old.STILL_VERIFIES));
    var request = value(CertificateRequest.parse(SoftwareKey.generate().certificateRequest()));
    var profile = new ClientProfile(DeviceId.random(entropy), Duration.ofHours(24));
    var right = value(old.check(profile, request, time.now()));
    assertThat(unavailable(() -> right.sign(entropy))).contains("the token holds no key");
    issues(keys);
  }

  @Test
  void lost_sessions_and_a_token_that_was_away_are_survived() throws Exception {
    var keys = open();
    soft.loseSessions();
    issues(keys);
    SoftToken.takeOut();
    try {
      assertThat(unavailable(() -> issues(keys))).isNotEmpty();
      assertThat(refusal(keys.rotate(KeyPurpose.DEVICE_AUTHORITY, KeyRing.Old.DISTRUSTED)))
          .isEqualTo(KeyRefusal.TOKEN_AWAY);
      assertThat(inToken(keys)).isEmpty();
      value(keys.rotate(KeyPurpose.ACCESS_TOKENS, KeyRing.Old.STILL_VERIFIES));
      assertThat(unavailable(() -> issues(open()))).isNotEmpty();
    } finally {
      SoftToken.putBack();
    }
    assertThat(unavailable(() -> issues(keys))).as("it is left alone for a while").isNotEmpty();
    time.pass(Duration.ofSeconds(11));
    issues(keys);
    assertThat(inToken(keys)).hasSize(4);
  }

  @Test
  void nothing_is_founded_where_the_token_cannot_be_used_and_a_refused_pin_is_tried_once()
      throws Exception {
    assertThat(refusal(opening(Optional.of(at("another", soft.pinFile())))))
        .isEqualTo(KeyRefusal.TOKEN_AWAY);
    Files.writeString(soft.pinFile(), "wrong-pin");
    var token = at(soft.label(), soft.pinFile());
    assertThat(refusal(opening(Optional.of(token)))).isEqualTo(KeyRefusal.TOKEN_AWAY);
    assertThat(token.state().toString()).contains("refused the PIN").doesNotContain("wrong-pin");
    time.pass(Duration.ofSeconds(11));
    assertThat(token.look().toString()).contains("it is not tried again");
    Files.writeString(soft.pinFile(), "4711-soft");
    Files.setPosixFilePermissions(soft.pinFile(), PosixFilePermissions.fromString("rw-r-----"));
    time.pass(Duration.ofSeconds(11));
    assertThat(token.look().toString()).contains("more than its owner");
    Files.setPosixFilePermissions(soft.pinFile(), PosixFilePermissions.fromString("rw-------"));
    time.pass(Duration.ofSeconds(11));
    assertThat(token.look()).isInstanceOf(Token.State.Present.class);
    assertThat(data.resolve("keys")).doesNotExist();
    issues(value(opening(Optional.of(token))));
  }

  @Test
  void a_library_that_is_none_is_named() {
    var none = data.resolve("none.so");
    var token = Token.at(new TokenPlace(none, "any", soft.pinFile()), time);
    assertThat(token.look().toString()).contains("there is no library `" + none + "`");
  }

  private interface Act {
    void perform() throws Exception;
  }

  private static String unavailable(Act act) throws Exception {
    try {
      act.perform();
    } catch (KeyUnavailable e) {
      return e.reason();
    }
    throw new AssertionError("it was available");
  }

  private static <T> T value(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(Refusal refusal, String detail) ->
          throw new AssertionError(refusal.code() + " " + detail);
    };
  }

  private static Refusal refusal(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Refused<?> refused) return refused.refusal();
    throw new AssertionError("it was not refused");
  }
}
