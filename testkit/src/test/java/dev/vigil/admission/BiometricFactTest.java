// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.identity.Authentication;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.Session;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.testkit.SeededEntropy;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whether a verification was biometric: yes, no, or nobody knows.
class BiometricFactTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private final SeededEntropy entropy = new SeededEntropy(1);

  private static Authentication made(boolean verified, String... methods) {
    return new Authentication(
        NOON, Strength.PASSKEY_HARDWARE, Set.of(methods), true, verified, "credential");
  }

  private Optional<Object> biometric(Authentication... all) {
    var session =
        new Session(
            SessionId.random(entropy),
            SubjectId.random(entropy),
            new Session.Binding.Cookie(),
            Arrays.asList(all),
            NOON,
            NOON.plusSeconds(60),
            Optional.empty());
    return FactsOf.authentication(session, 1).find("authentication.biometric").map(value -> value);
  }

  @Test
  void a_finger_a_face_or_an_eye_that_is_known_is_biometric() {
    for (String method : Set.of("fpt", "face", "iris", "retina", "vbm"))
      assertThat(biometric(made(true, "hwk", "user", method))).contains(true);
    assertThat(biometric(made(true, "hwk", "user"), made(true, "hwk", "user", "fpt")))
        .contains(true);
  }

  @Test
  void a_pin_or_a_mere_touch_is_known_not_to_be() {
    assertThat(biometric(made(true, "hwk", "user", "pin"))).contains(false);
    assertThat(biometric(made(false, "hwk"))).contains(false);
  }

  @Test
  void a_verification_of_unknown_kind_leaves_it_unknown() {
    assertThat(biometric(made(true, "hwk", "user"))).isEmpty();
    assertThat(biometric(made(true, "hwk", "user"), made(true, "hwk", "user", "pin"))).isEmpty();
  }
}
