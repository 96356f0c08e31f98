// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.Fact;
import dev.vigil.policy.PolicySet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Before anybody has signed in: which authentications could be enough for an app.
class ConceivableTest {

  private static final PolicySet POLICY =
      Scene.policy(
          """
          strength:
            any: {any_of: [federated, passkey, passkey-hardware]}
            hardware: {any_of: [passkey-hardware]}
          permit:
            staff:
              app: canteen
              who: subject.population == "employee"
              require: [{strength: any, text: Sign in.}]
            treasury:
              app: payments
              who: '"treasury" in subject.groups'
              require: [{strength: any, text: Sign in.}]
          guard:
            critical:
              app: payments
              when: app.sensitivity == "critical" || device.rooted
              require: [{strength: hardware, text: Use your security key.}]
          forbid:
            nobody:
              app: museum
              when: 'true'
          """);

  @ParameterizedTest
  @CsvSource({
    "canteen,  low,      federated,        true",
    "canteen,  low,      none,             false",
    "payments, critical, federated,        false",
    "payments, critical, passkey,          false",
    "payments, critical, passkey-hardware, true",
    "payments, low,      passkey,          true",
    "museum,   low,      passkey-hardware, false",
    "unheard,  low,      passkey-hardware, false"
  })
  void a_sign_in_is_offered_if_it_could_be_enough(
      String app, String sensitivity, String strength, boolean conceivable) {
    var before =
        Scene.empty()
            .with("app.id", app)
            .with("app.sensitivity", sensitivity)
            .with("authentication.strength", strength)
            .request();
    assertThat(POLICY.conceivable(before)).isEqualTo(conceivable);
  }

  @Test
  void it_is_known_what_the_rules_look_at() {
    assertThat(POLICY.mentioned())
        .extracting(Fact::qualifiedName)
        .contains("app.sensitivity", "device.rooted", "subject.groups", "subject.population")
        .doesNotContain("device.model");
  }
}
