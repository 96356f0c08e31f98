// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.identity.Attestation;
import dev.vigil.identity.Attestation.Trust;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.passkey.Authenticators.Conveyance;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Which authenticators a group may use: knowing less never lets anybody in.
class AuthenticatorsTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final UUID BLUE = UUID.fromString("11111111-2222-3333-4444-555555555555");
  private static final UUID RED = UUID.fromString("22222222-2222-3333-4444-555555555555");
  private static final AuthenticatorRule ATTESTED = rule(Set.of(), Set.of(), Optional.empty());

  private static AuthenticatorRule rule(
      Set<UUID> allow, Set<UUID> deny, Optional<Certification> certified) {
    return new AuthenticatorRule(Optional.of("treasury"), allow, deny, certified);
  }

  private static Model model(Optional<Certification> certification, Optional<String> compromised) {
    return new Model("a key", List.of(), certification, compromised, Set.of());
  }

  private static Models models(LocalDate until) {
    return new Models(
        7,
        until,
        Map.of(
            BLUE, model(Optional.of(Certification.FIDO_CERTIFIED_L2), Optional.empty()),
            RED, model(Optional.empty(), Optional.empty())));
  }

  private static Passkey passkey(UUID model, Trust trust) {
    var random = new Random(1);
    return new Passkey(
        "id",
        SubjectId.random(count -> {
          var bytes = new byte[count];
          random.nextBytes(bytes);
          return bytes;
        }),
        Bytes.of(new byte[1]),
        model.toString(),
        0,
        false,
        false,
        Set.of(),
        "key",
        NOON,
        NOON,
        new Attestation("packed", trust));
  }

  private static Optional<Refusal> refusal(
      AuthenticatorRule rule, Models models, Passkey passkey, Set<String> groups) {
    var outcome = new Authenticators(List.of(rule), () -> models).admit(passkey, groups, NOON);
    return outcome instanceof Outcome.Refused<Passkey> refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }

  private static Optional<Refusal> treasury(AuthenticatorRule rule, UUID model, Trust trust) {
    return refusal(
        rule, models(LocalDate.parse("2026-12-01")), passkey(model, trust), Set.of("treasury"));
  }

  @Test
  void any_authenticator_is_taken_unless_a_rule_applies() {
    var none = passkey(BLUE, Trust.NONE);
    assertThat(Authenticators.any().admit(none, Set.of("treasury"), NOON))
        .isInstanceOf(Outcome.Done.class);
    assertThat(refusal(ATTESTED, Models.NONE, none, Set.of("tellers"))).isEmpty();
  }

  @Test
  void a_claimed_model_is_no_model() {
    for (var trust : List.of(Trust.NONE, Trust.SELF, Trust.UNVERIFIED)) {
      for (var rule :
          List.of(
              ATTESTED,
              rule(Set.of(BLUE), Set.of(), Optional.empty()),
              rule(Set.of(), Set.of(RED), Optional.empty()),
              rule(Set.of(), Set.of(), Optional.of(Certification.FIDO_CERTIFIED_L1))))
        assertThat(treasury(rule, BLUE, trust)).contains(PasskeyRefusal.UNATTESTED);
    }
    assertThat(treasury(ATTESTED, BLUE, Trust.VERIFIED)).isEmpty();
  }

  @Test
  void overdue_or_missing_metadata_admit_nobody_under_a_rule() {
    var verified = passkey(BLUE, Trust.VERIFIED);
    for (var models : List.of(Models.NONE, models(LocalDate.parse("2026-11-21"))))
      assertThat(refusal(ATTESTED, models, verified, Set.of("treasury")))
          .contains(PasskeyRefusal.UNATTESTED);
  }

  @Test
  void lists_name_models_and_levels() {
    assertThat(treasury(rule(Set.of(BLUE), Set.of(), Optional.empty()), BLUE, Trust.VERIFIED))
        .isEmpty();
    assertThat(treasury(rule(Set.of(BLUE), Set.of(), Optional.empty()), RED, Trust.VERIFIED))
        .contains(PasskeyRefusal.MODEL);
    assertThat(treasury(rule(Set.of(), Set.of(BLUE), Optional.empty()), BLUE, Trust.VERIFIED))
        .contains(PasskeyRefusal.MODEL);
    var level2 = rule(Set.of(), Set.of(), Optional.of(Certification.FIDO_CERTIFIED_L2));
    var level3 = rule(Set.of(), Set.of(), Optional.of(Certification.FIDO_CERTIFIED_L3));
    assertThat(treasury(level2, BLUE, Trust.VERIFIED)).isEmpty();
    assertThat(treasury(level3, BLUE, Trust.VERIFIED)).contains(PasskeyRefusal.UNCERTIFIED);
    assertThat(treasury(level2, RED, Trust.VERIFIED)).contains(PasskeyRefusal.UNCERTIFIED);
  }

  @Test
  void every_rule_that_applies_must_be_kept() {
    var authenticators =
        new Authenticators(
            List.of(ATTESTED, rule(Set.of(), Set.of(BLUE), Optional.empty())),
            () -> models(LocalDate.parse("2026-12-01")));
    assertThat(authenticators.admit(passkey(BLUE, Trust.VERIFIED), Set.of("treasury"), NOON))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void a_model_reported_as_compromised_is_nobodys_even_as_a_claim() {
    var models =
        new Models(
            7,
            LocalDate.parse("2020-01-01"),
            Map.of(BLUE, model(Optional.empty(), Optional.of("USER_KEY_REMOTE_COMPROMISE"))));
    for (var trust : Trust.values())
      assertThat(
              new Authenticators(List.of(), () -> models)
                  .admit(passkey(BLUE, trust), Set.of(), NOON))
          .isEqualTo(Outcome.refused(PasskeyRefusal.COMPROMISED));
  }

  @Test
  void an_attestation_is_asked_of_those_whose_rule_needs_it_only() {
    var authenticators = new Authenticators(List.of(ATTESTED), () -> Models.NONE);
    assertThat(authenticators.conveyance(Set.of("treasury"))).isEqualTo(Conveyance.DIRECT);
    assertThat(authenticators.conveyance(Set.of("tellers"))).isEqualTo(Conveyance.NONE);
    assertThat(authenticators.conveyance(Set.of()).label()).isEqualTo("none");
  }
}
