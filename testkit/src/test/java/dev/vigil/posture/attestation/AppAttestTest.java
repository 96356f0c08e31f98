// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.attestation.AppAttest.Accepted;
import dev.vigil.posture.attestation.AppAttest.Allowed;
import dev.vigil.posture.attestation.AppAttest.App;
import dev.vigil.posture.attestation.AppAttest.Credential;
import dev.vigil.posture.attestation.AppAttest.Environment;
import dev.vigil.testkit.AppAttestStatements;
import dev.vigil.testkit.AppAttestStatements.Phone;
import dev.vigil.testkit.SoftwareKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// App Attest with a root of our own; Apple's samples are in [PublishedStatementsTest].
class AppAttestTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final App BANK = new App("A1B2C3D4E5", "example.bank.app");
  private static final App OTHER = new App("A1B2C3D4E5", "example.bank.other");
  private static final Bytes CHALLENGE = text("a digest over the device's key");
  private static final Allowed ALLOWED = new Allowed(Set.of(BANK), Set.of(Environment.PRODUCTION));

  private final AppAttestStatements apple = AppAttestStatements.create();
  private final Phone phone = Phone.with(BANK);
  private final AppAttest attest = new AppAttest(AppleRoot.APP.anchors(List.of(apple.root())), ALLOWED);

  private static Bytes text(String value) {
    return Bytes.of(value.getBytes(StandardCharsets.UTF_8));
  }

  private Outcome<Accepted> verify(Bytes statement) {
    return attest.verify(statement, phone.keyId(), CHALLENGE, NOW);
  }

  private Accepted accepted() {
    return accepted(verify(apple.attestation(phone, CHALLENGE, NOW)));
  }

  private static <T> T accepted(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<T>) outcome).value();
  }

  private static void refused(Outcome<?> outcome, AttestationRefusal why) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused<?>) outcome).refusal()).isEqualTo(why);
  }

  @Test
  void an_attestation_proves_the_app_and_says_when_its_root_is_one_for_tests() {
    var accepted = accepted();
    assertThat(accepted.attested().says())
        .containsEntry(SignalName.APP_NAME, "example.bank.app")
        .containsEntry(SignalName.PLATFORM, "ios");
    assertThat(accepted.attested().key()).isEmpty();
    assertThat(accepted.credential().counter()).isZero();
    assertThat(accepted.attested().signals(NOW, Duration.ofDays(1)))
        .allMatch(signal -> signal.source().equals("apple-appattest (test root)"));
  }

  @Test
  void a_root_that_nobody_configured_is_not_believed() {
    var statement = apple.attestation(phone, CHALLENGE, NOW);
    var only = new AppAttest(AppleRoot.APP.anchors(), ALLOWED);
    refused(
        only.verify(statement, phone.keyId(), CHALLENGE, NOW), AttestationRefusal.ROOT_UNKNOWN);
    var others = new AppAttest(AppleRoot.ENTERPRISE.anchors(), ALLOWED);
    refused(
        others.verify(statement, phone.keyId(), CHALLENGE, NOW), AttestationRefusal.ROOT_UNKNOWN);
  }

  @Test
  void another_challenge_another_key_and_another_app_are_refused() {
    refused(
        verify(apple.attestation(phone, text("another"), NOW)),
        AttestationRefusal.CHALLENGE_MISMATCH);
    refused(
        attest.verify(
            apple.attestation(phone, CHALLENGE, NOW), Phone.with(BANK).keyId(), CHALLENGE, NOW),
        AttestationRefusal.KEY_MISMATCH);
    var foreign = new Phone(OTHER, Environment.PRODUCTION, phone.key());
    refused(
        verify(apple.attestation(foreign, CHALLENGE, NOW)), AttestationRefusal.WRONG_APP);
  }

  @Test
  void the_key_in_the_authenticator_data_must_be_the_certified_one() {
    var other = new Phone(BANK, Environment.PRODUCTION, SoftwareKey.generate());
    refused(
        verify(apple.attestation(phone, other.attested(0), CHALLENGE, NOW)),
        AttestationRefusal.KEY_MISMATCH);
  }

  @Test
  void a_developer_s_build_is_refused_unless_it_is_allowed() {
    var development = new Phone(BANK, Environment.DEVELOPMENT, phone.key());
    var statement = apple.attestation(development, CHALLENGE, NOW);
    refused(verify(statement), AttestationRefusal.WRONG_APP);
    var both = new Allowed(Set.of(BANK), Set.of(Environment.values()));
    var lenient = new AppAttest(AppleRoot.APP.anchors(List.of(apple.root())), both);
    var kept = accepted(lenient.verify(statement, phone.keyId(), CHALLENGE, NOW)).credential();
    assertThat(kept.environment()).isEqualTo(Environment.DEVELOPMENT);
    var later = new AppAssertion(development.assertion(1, CHALLENGE), CHALLENGE);
    assertThat(later.verify(kept, both)).isInstanceOf(Outcome.Done.class);
    refused(later.verify(kept, ALLOWED), AttestationRefusal.WRONG_APP);
  }

  @Test
  void a_counter_that_has_already_counted_is_refused() {
    refused(
        verify(apple.attestation(phone, phone.attested(1), CHALLENGE, NOW)),
        AttestationRefusal.REPLAYED);
  }

  @Test
  void an_expired_attestation_is_refused() {
    var late = NOW.plus(Duration.ofDays(366));
    refused(
        attest.verify(apple.attestation(phone, CHALLENGE, NOW), phone.keyId(), CHALLENGE, late),
        AttestationRefusal.NOT_VALID_NOW);
  }

  @Test
  void each_assertion_counts_once_and_in_order() {
    var kept = accepted().credential();
    var order = text("{\"pay\":100}");
    refused(assertion(0, order).verify(kept, ALLOWED), AttestationRefusal.REPLAYED);
    var once = assertion(3, order);
    var after = accepted(once.verify(kept, ALLOWED));
    assertThat(after.counter()).isEqualTo(3);
    refused(once.verify(after, ALLOWED), AttestationRefusal.REPLAYED);
    refused(assertion(2, order).verify(after, ALLOWED), AttestationRefusal.REPLAYED);
    assertThat(accepted(assertion(-1, order).verify(after, ALLOWED)).counter())
        .isEqualTo(0xffff_ffffL);
  }

  private AppAssertion assertion(int counter, Bytes clientData) {
    return new AppAssertion(phone.assertion(counter, clientData), clientData);
  }

  @Test
  void an_assertion_of_other_words_another_key_or_another_app_is_refused() {
    var kept = accepted().credential();
    var order = text("{\"pay\":100}");
    var changed = new AppAssertion(phone.assertion(1, order), text("{\"pay\":900}"));
    refused(changed.verify(kept, ALLOWED), AttestationRefusal.SIGNATURE_WRONG);
    var thief = new AppAssertion(Phone.with(BANK).assertion(1, order), order);
    refused(thief.verify(kept, ALLOWED), AttestationRefusal.SIGNATURE_WRONG);
    var foreign = new Phone(OTHER, Environment.PRODUCTION, phone.key()).assertion(1, order);
    refused(
        new AppAssertion(foreign, order).verify(kept, ALLOWED), AttestationRefusal.WRONG_APP);
    var dropped = new Allowed(Set.of(OTHER), Set.of(Environment.PRODUCTION));
    refused(assertion(1, order).verify(kept, dropped), AttestationRefusal.WRONG_APP);
  }

  @Test
  void no_mutation_of_an_assertion_proves_anything_else_and_none_breaks_anything() {
    var kept = accepted().credential();
    var whole = phone.assertion(7, CHALLENGE);
    for (int seed = 0; seed < Mutations.ROUNDS; seed++) {
      var spoilt = new AppAssertion(Mutations.of(whole, new Random(seed)), CHALLENGE);
      if (spoilt.verify(kept, ALLOWED) instanceof Outcome.Done<Credential>(var after))
        assertThat(after.counter()).as("seed " + seed).isEqualTo(7);
    }
    refused(
        new AppAssertion(Bytes.of(new byte[AppAssertion.LARGEST + 1]), CHALLENGE)
            .verify(kept, ALLOWED),
        AttestationRefusal.TOO_LARGE);
  }

  @Test
  void no_mutation_or_truncation_of_an_attestation_proves_anything_else() {
    var whole = apple.attestation(phone, CHALLENGE, NOW);
    var proven = accepted(verify(whole));
    for (int seed = 0; seed < Mutations.ROUNDS; seed++)
      if (verify(Mutations.of(whole, new Random(seed))) instanceof Outcome.Done<Accepted>(var one)) {
        assertThat(one.attested()).as("seed " + seed).isEqualTo(proven.attested());
        assertThat(one.credential()).as("seed " + seed).isEqualTo(proven.credential());
      }
    byte[] all = whole.toArray();
    for (int length = 0; length < all.length; length++)
      assertThat(verify(Bytes.of(Arrays.copyOf(all, length)))).isInstanceOf(Outcome.Refused.class);
  }
}
