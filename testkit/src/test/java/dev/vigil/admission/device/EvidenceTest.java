// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import static dev.vigil.admission.device.DeviceScenes.refusal;
import static dev.vigil.admission.device.DeviceScenes.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.DeviceFacts;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Outcome;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import dev.vigil.posture.Report;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.attestation.AttestationFormat;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.Statement;
import dev.vigil.posture.attestation.TrustRoot;
import dev.vigil.testkit.SoftwareKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Evidence: how it comes in, contradicts itself, ages and is renewed.
class EvidenceTest {

  private final DeviceScenes scene = new DeviceScenes();
  private String verifiedBoot = "verified";

  /// Stands for a platform's verifier: a statement is its challenge followed by its key.
  private Outcome<Attested> verify(Statement statement, Attestations.Expected expected) {
    if (statement.format().equals("play-integrity"))
      return Outcome.refused(AttestationRefusal.NOT_CONFIGURED);
    if (!statement.parts().getFirst().equals(expected.challenge()))
      return Outcome.refused(AttestationRefusal.CHALLENGE_MISMATCH);
    return Outcome.done(
        new Attested(
            AttestationFormat.ANDROID_KEY,
            TrustRoot.TEST,
            Optional.empty(),
            Map.of(
                SignalName.ATTESTATION,
                "hardware",
                SignalName.VERIFIED_BOOT,
                verifiedBoot,
                SignalName.BOOTLOADER_LOCKED,
                String.valueOf(verifiedBoot.equals("verified"))),
            Map.of()));
  }

  private final Attestations attestations = (statement, expected, _) -> verify(statement, expected);
  private final Attesting attesting = new Attesting(scene.changes, attestations);

  private Outcome<Issued> enrol(String format, boolean answering) {
    var enrolment =
        new Enrolment(scene.changes, scene.authorities, attestations, Duration.ofHours(24));
    var session = scene.signedIn(scene.alice, scene.phone);
    var challenge = value(enrolment.challenge(session.id())).value();
    var part = answering ? challenge : Bytes.of("another".getBytes(StandardCharsets.UTF_8));
    return enrolment.enrol(
        new Enrolment.Request(
            session.id(),
            DeviceScenes.answering(challenge, scene.phone),
            challenge,
            "phone",
            Report.empty(),
            Optional.of(new Statement(format, List.of(part), List.of()))));
  }

  private DeviceId attested() {
    return value(enrol("android-key", true)).device().id();
  }

  private void says(DeviceId device, SignalName name, String value, Duration goodFor) {
    var now = scene.time.now();
    scene.changes.commit(
        Actor.SYSTEM,
        work ->
            Intake.take(
                work,
                device,
                List.of(
                    new Signal(
                        name, value, "intune", EvidenceTier.MANAGED, now, now.plus(goodFor))),
                "synchronised"));
  }

  private Report report(String name, String value) {
    return new Report(List.of(new Report.Claim(name, value, Optional.empty())));
  }

  private Optional<Object> fact(String name) {
    return scene.deviceFacts().facts().find("device." + name);
  }

  @Test
  void every_fact_of_a_device_that_rules_may_look_at_is_explained_by_a_signal() {
    var explained =
        Arrays.stream(SignalName.values())
            .flatMap(name -> DeviceFacts.madeOf(name).stream())
            .collect(Collectors.toSet());
    assertThat(explained).containsAll(DeviceFacts.OF_RELEASES);
    assertThat(
            FactsSchema.standard().of(Entity.DEVICE).stream()
                .map(Fact::qualifiedName)
                .filter(name -> !List.of("device.id", "device.active").contains(name)))
        .isSubsetOf(explained);
  }

  @Test
  void what_is_attested_is_worth_attested_and_a_test_root_stands_in_every_source() {
    var device = attested();
    assertThat(fact("attestation")).contains("hardware");
    assertThat(fact("attestation_root")).contains("test");
    assertThat(scene.store.<List<Signal>>read(view -> view.signals().of(device)))
        .hasSize(4)
        .allMatch(signal -> signal.source().equals("android-key (test root)"))
        .allMatch(signal -> signal.tier() == EvidenceTier.ATTESTED);
  }

  @Test
  void a_wrong_statement_refuses_the_enrolment_and_nothing_is_enrolled() {
    assertThat(refusal(enrol("android-key", false)))
        .isEqualTo(AttestationRefusal.CHALLENGE_MISMATCH);
    assertThat(scene.store.<List<?>>read(view -> view.devices())).isEmpty();
  }

  @Test
  void a_statement_that_cannot_be_verified_now_proves_nothing() {
    value(enrol("play-integrity", true));
    assertThat(fact("attestation")).isEmpty();
  }

  @Test
  void an_app_cannot_report_that_it_was_attested() {
    var device = scene.enrolled().device().id();
    for (var name : List.of("attestation", "attestation_root", "device_integrity"))
      assertThat(refusal(scene.reports.report(device, report(name, "hardware"))).code())
          .isEqualTo("posture.not-reportable");
  }

  @Test
  void a_phone_that_attests_an_open_bootloader_later_is_known_for_it_at_once() {
    var device = attested();
    verifiedBoot = "unverified";
    var challenge = value(attesting.challenge(device)).value();
    value(
        attesting.attest(
            device, challenge, new Statement("android-key", List.of(challenge), List.of())));
    assertThat(fact("verified_boot")).contains("unverified");
    assertThat(fact("bootloader_locked")).contains(false);
  }

  @Test
  void a_challenge_to_attest_again_is_good_once_and_for_its_device_only() {
    var device = attested();
    var challenge = value(attesting.challenge(device)).value();
    var statement = new Statement("android-key", List.of(challenge), List.of());
    value(attesting.attest(device, challenge, statement));
    assertThat(refusal(attesting.attest(device, challenge, statement)))
        .isEqualTo(DeviceRefusal.CHALLENGE_SPENT);
    assertThat(scene.lastEvents()).containsExactly("attestation-refused");
    var other = SoftwareKey.generate();
    var another = value(scene.enrol(scene.signedIn(scene.alice, other), other)).device().id();
    var stolen = value(attesting.challenge(device)).value();
    assertThat(
            refusal(
                attesting.attest(
                    another, stolen, new Statement("android-key", List.of(stolen), List.of()))))
        .isEqualTo(DeviceRefusal.CHALLENGE_OF_ANOTHER);
  }

  @Test
  void a_management_product_that_calls_healthy_what_hardware_says_is_open_is_contradicted() {
    verifiedBoot = "unverified";
    var device = attested();
    says(device, SignalName.COMPLIANT, "true", Duration.ofDays(1));
    assertThat(fact("contradictions"))
        .contains(List.of("compliant/bootloader_locked", "compliant/verified_boot"));
    assertThat(scene.lastEvents()).contains("device-contradiction");
    says(device, SignalName.COMPLIANT, "false", Duration.ofDays(1));
    assertThat(fact("contradictions")).contains(List.of());
  }

  @Test
  void what_a_weaker_source_says_later_never_wins() {
    var device = attested();
    value(scene.reports.report(device, report("bootloader_locked", "false")));
    assertThat(fact("bootloader_locked")).contains(true);
  }

  @Test
  void a_source_that_falls_silent_has_said_nothing_once_its_word_runs_out() {
    var device = scene.enrolled().device().id();
    says(device, SignalName.COMPLIANT, "true", Duration.ofHours(1));
    var expiry = new SignalExpiry(scene.changes);
    scene.time.pass(Duration.ofMinutes(59));
    assertThat(expiry.sweep()).isZero();
    assertThat(fact("compliant")).contains(true);
    scene.time.pass(Duration.ofMinutes(1));
    assertThat(expiry.sweep()).isOne();
    assertThat(fact("compliant")).isEmpty();
    assertThat(expiry.sweep()).isZero();
    assertThat(scene.store.<List<Signal>>read(view -> view.signals().history(device, 9)))
        .hasSize(1);
  }

  @Test
  void a_repetition_costs_a_look_and_a_late_one_freshens_the_evidence() {
    var device = scene.enrolled().device().id();
    value(scene.reports.report(device, report("rooted", "false")));
    long before = scene.sink.last().sequence();
    scene.time.pass(Duration.ofMinutes(1));
    value(scene.reports.report(device, report("rooted", "false")));
    assertThat(scene.sink.last().sequence()).isEqualTo(before);
    scene.time.pass(Duration.ofMinutes(5));
    value(scene.reports.report(device, report("rooted", "false")));
    assertThat(scene.lastEvents()).containsExactly("device-posture-seen");
    assertThat(scene.store.<List<Signal>>read(view -> view.signals().history(device, 9)))
        .hasSize(1);
    value(scene.reports.report(device, report("rooted", "true")));
    assertThat(scene.lastEvents()).containsExactly("device-posture-change");
  }

  @Test
  void an_expired_certificate_of_an_attested_phone_renews_only_after_it_attests_again() {
    var device = attested();
    scene.time.pass(Duration.ofHours(25));
    assertThat(
            refusal(
                scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest())))
        .isEqualTo(DeviceRefusal.ATTESTATION_NEEDED);
    var challenge = value(attesting.challenge(device)).value();
    value(
        attesting.attest(
            device, challenge, new Statement("android-key", List.of(challenge), List.of())));
    scene.time.pass(Duration.ofMinutes(9));
    value(scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest()));
  }
}
