// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import static dev.vigil.admission.device.DeviceScenes.answering;
import static dev.vigil.admission.device.DeviceScenes.because;
import static dev.vigil.admission.device.DeviceScenes.refusal;
import static dev.vigil.admission.device.DeviceScenes.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.FactsSink;
import dev.vigil.identity.Session;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Outcome;
import dev.vigil.pki.Branch;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.pki.PkiRefusal;
import dev.vigil.policy.FactsSchema;
import dev.vigil.posture.Device;
import dev.vigil.posture.PostureRefusal;
import dev.vigil.posture.Report;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Statement;
import dev.vigil.testkit.SoftwareKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a phone joins, and everything that does not make it join.
class EnrolmentTest {

  private final DeviceScenes scene = new DeviceScenes();

  @Test
  void a_phone_enrols_once_and_its_session_is_on_it_from_then_on() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var issued = value(scene.enrol(session, scene.phone));
    assertThat(issued.device().kind()).isEqualTo(Device.Kind.PHONE);
    assertThat(issued.device().subject()).isEqualTo(scene.alice.id());
    assertThat(issued.device().key()).isEqualTo(scene.phone.thumbprint());
    assertThat(scene.session(session.id()).binding())
        .isEqualTo(new Session.Binding.Device(issued.device().id(), scene.phone.thumbprint()));
    assertThat(scene.authorities.accepts(issued.certificate(), issued.chain(), scene.time.now()))
        .isTrue();
    var admitted =
        new FactsSink.Admitted(
            issued.certificate().thumbprint(), scene.time.now().plus(Duration.ofHours(24)));
    assertThat(scene.deviceFacts().certificates()).containsExactly(admitted);
    assertThat(scene.deviceFacts().facts().find("device.active")).contains(true);
    assertThat(scene.sink.last(FactsSink.Change.OfSession.class).device())
        .contains(issued.device().id());
    assertThat(scene.lastEvents()).containsExactly("device-enrolled", "credential-change");
    assertThat(issued.sequence()).isEqualTo(scene.sink.last().sequence());
  }

  @Test
  void a_second_enrolment_of_the_session_is_refused() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var first = scene.challenge(session);
    var second = scene.challenge(session);
    value(scene.enrolment.enrol(scene.request(session, answering(first, scene.phone), first)));
    assertThat(
            refusal(
                scene.enrolment.enrol(
                    scene.request(session, answering(second, scene.phone), second))))
        .isEqualTo(DeviceRefusal.ALREADY_ENROLLED);
    assertThat(refusal(scene.enrolment.challenge(session.id())))
        .isEqualTo(DeviceRefusal.ALREADY_ENROLLED);
  }

  @Test
  void of_many_enrolments_at_once_one_succeeds() throws Exception {
    var session = scene.signedIn(scene.alice, scene.phone);
    List<Bytes> challenges =
        List.of(
            scene.challenge(session),
            scene.challenge(session),
            scene.challenge(session),
            scene.challenge(session));
    try (var pool = Executors.newFixedThreadPool(4)) {
      var tries =
          challenges.stream()
              .<Callable<Outcome<Issued>>>map(one ->
                  () ->
                      scene.enrolment.enrol(
                          scene.request(session, answering(one, scene.phone), one)))
              .toList();
      long done = 0;
      for (var one : pool.invokeAll(tries)) if (one.get() instanceof Outcome.Done<Issued>) done++;
      assertThat(done).isEqualTo(1);
    }
    assertThat(scene.store.<List<Device>>read(view -> view.devices())).hasSize(1);
  }

  @Test
  void a_request_for_another_key_is_refused() {
    var session = scene.signedIn(scene.alice, scene.phone);
    assertThat(refusal(scene.enrol(session, SoftwareKey.generate())))
        .isEqualTo(DeviceRefusal.KEY_OF_ANOTHER);
    assertThat(scene.store.<List<Device>>read(view -> view.devices())).isEmpty();
    assertThat(scene.lastEvents()).containsExactly("enrolment-refused");
  }

  @Test
  void a_request_that_its_key_did_not_sign_is_refused() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var forged = SoftwareKey.generate().certificateRequest(scene.phone.requestBuilder());
    assertThat(
            refusal(
                scene.enrolment.enrol(scene.request(session, forged, scene.challenge(session)))))
        .isEqualTo(PkiRefusal.PROOF_FAILED);
  }

  @Test
  void a_huge_request_is_refused() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var huge = Bytes.of(new byte[CertificateRequest.LARGEST + 1]);
    assertThat(
            refusal(scene.enrolment.enrol(scene.request(session, huge, scene.challenge(session)))))
        .isEqualTo(PkiRefusal.REQUEST_TOO_LARGE);
  }

  @Test
  void a_challenge_is_good_once_even_if_the_enrolment_was_refused() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var challenge = scene.challenge(session);
    scene.enrolment.enrol(
        scene.request(session, answering(challenge, SoftwareKey.generate()), challenge));
    assertThat(
            refusal(
                scene.enrolment.enrol(
                    scene.request(session, answering(challenge, scene.phone), challenge))))
        .isEqualTo(DeviceRefusal.CHALLENGE_SPENT);
  }

  @Test
  void a_challenge_older_than_five_minutes_is_refused() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var challenge = scene.challenge(session);
    scene.time.pass(Duration.ofMinutes(5));
    assertThat(
            refusal(
                scene.enrolment.enrol(
                    scene.request(session, answering(challenge, scene.phone), challenge))))
        .isEqualTo(DeviceRefusal.CHALLENGE_SPENT);
  }

  @Test
  void a_challenge_of_another_person_is_refused() {
    var key = SoftwareKey.generate();
    var mallory = scene.signedIn(scene.subject("mallory"), key);
    var stolen = scene.challenge(scene.signedIn(scene.alice, scene.phone));
    assertThat(
            refusal(scene.enrolment.enrol(scene.request(mallory, answering(stolen, key), stolen))))
        .isEqualTo(DeviceRefusal.CHALLENGE_OF_ANOTHER);
  }

  @Test
  void a_challenge_of_another_session_of_the_same_person_is_refused() {
    var first = scene.signedIn(scene.alice, scene.phone);
    var second = scene.signedIn(scene.alice, scene.phone);
    var challenge = scene.challenge(first);
    assertThat(
            refusal(
                scene.enrolment.enrol(
                    scene.request(second, answering(challenge, scene.phone), challenge))))
        .isEqualTo(DeviceRefusal.CHALLENGE_OF_ANOTHER);
  }

  @Test
  void an_invented_challenge_is_refused() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var invented = Bytes.of(new byte[32]);
    assertThat(
            refusal(
                scene.enrolment.enrol(
                    scene.request(session, answering(invented, scene.phone), invented))))
        .isEqualTo(DeviceRefusal.CHALLENGE_SPENT);
  }

  @Test
  void a_request_that_answers_no_challenge_or_another_is_refused() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var challenge = scene.challenge(session);
    for (var csr :
        List.of(
            scene.phone.certificateRequest(), answering(scene.challenge(session), scene.phone))) {
      assertThat(refusal(scene.enrolment.enrol(scene.request(session, csr, challenge))))
          .isEqualTo(PkiRefusal.CHALLENGE_MISMATCH);
    }
    value(
        scene.enrolment.enrol(
            scene.request(session, answering(challenge, scene.phone), challenge)));
  }

  @Test
  void a_key_that_is_enrolled_or_was_revoked_enrols_no_more() {
    var issued = scene.enrolled();
    assertThat(refusal(scene.enrol(scene.signedIn(scene.alice, scene.phone), scene.phone)))
        .isEqualTo(DeviceRefusal.KEY_KNOWN);
    assertThat(refusal(scene.enrol(scene.signedIn(scene.subject("bob"), scene.phone), scene.phone)))
        .isEqualTo(DeviceRefusal.KEY_KNOWN);
    value(scene.revocation.revokeDevice(because("lost"), issued.device().id()));
    assertThat(refusal(scene.enrol(scene.signedIn(scene.alice, scene.phone), scene.phone)))
        .isEqualTo(DeviceRefusal.KEY_KNOWN);
  }

  @Test
  void only_a_living_session_of_a_key_enrols() {
    var cookie = scene.session(scene.alice, new Session.Binding.Cookie());
    assertThat(refusal(scene.enrolment.challenge(cookie.id())))
        .isEqualTo(DeviceRefusal.NOT_BOUND_TO_KEY);
    var session = scene.signedIn(scene.alice, scene.phone);
    var challenge = scene.challenge(session);
    value(scene.sessions.revoke(because("signed out"), session.id()));
    assertThat(
            refusal(
                scene.enrolment.enrol(
                    scene.request(session, answering(challenge, scene.phone), challenge))))
        .isEqualTo(DeviceRefusal.SESSION_OVER);
    assertThat(refusal(scene.enrolment.challenge(session.id())))
        .isEqualTo(DeviceRefusal.SESSION_OVER);
    var late = scene.signedIn(scene.alice, scene.phone);
    scene.time.pass(Duration.ofDays(60));
    assertThat(refusal(scene.enrolment.challenge(late.id()))).isEqualTo(DeviceRefusal.SESSION_OVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u202eb", "a\u0000b", "\ud800"})
  void a_name_that_is_not_plain_text_is_refused(String name) {
    var session = scene.signedIn(scene.alice, scene.phone);
    var request =
        new Enrolment.Request(
            session.id(),
            scene.phone.certificateRequest(),
            scene.challenge(session),
            name,
            Report.empty(),
            Optional.empty());
    assertThat(refusal(scene.enrolment.enrol(request))).isEqualTo(DeviceRefusal.NAME_NOT_ALLOWED);
  }

  @Test
  void a_bad_report_or_a_huge_attestation_enrols_nothing() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var future =
        new Report(
            List.of(
                new Report.Claim(
                    "rooted", "false", Optional.of(scene.time.now().plusSeconds(600)))));
    var challenge = scene.challenge(session);
    var csr = answering(challenge, scene.phone);
    assertThat(
            refusal(
                scene.enrolment.enrol(
                    new Enrolment.Request(
                        session.id(), csr, challenge, "phone", future, Optional.empty()))))
        .isEqualTo(PostureRefusal.FROM_THE_FUTURE);
    var next = scene.challenge(session);
    var huge = Optional.of(statement(new byte[64 * 1024 + 1]));
    assertThat(
            refusal(
                scene.enrolment.enrol(
                    new Enrolment.Request(
                        session.id(),
                        answering(next, scene.phone),
                        next,
                        "phone",
                        Report.empty(),
                        huge))))
        .isEqualTo(AttestationRefusal.TOO_LARGE);
    assertThat(scene.store.<List<Device>>read(view -> view.devices())).isEmpty();
  }

  @Test
  void what_the_app_reports_at_enrolment_is_worth_reported_whatever_it_attests() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var report = new Report(List.of(new Report.Claim("hardware_key", "true", Optional.empty())));
    var attestation = Optional.of(statement(new byte[100]));
    var challenge = scene.challenge(session);
    value(
        scene.enrolment.enrol(
            new Enrolment.Request(
                session.id(),
                answering(challenge, scene.phone),
                challenge,
                "phone",
                report,
                attestation)));
    assertThat(tier("device.hardware_key")).isEqualTo(EvidenceTier.REPORTED);
    assertThat(scene.sink.last().events().getFirst().details())
        .containsEntry("attestation_unverified", "attestation.not-configured");
  }

  private static Statement statement(byte[] part) {
    return new Statement("android-key", List.of(Bytes.of(part)), List.of());
  }

  @Test
  void a_report_of_an_enrolled_phone_becomes_facts_at_once() {
    var device = scene.enrolled().device().id();
    value(
        scene.reports.report(
            device,
            new Report(
                List.of(
                    new Report.Claim(
                        "os_version", "17.1", Optional.of(scene.time.now().minusSeconds(30)))))));
    assertThat(scene.deviceFacts().facts().find("device.os_version")).isPresent();
    assertThat(tier("device.os_version")).isEqualTo(EvidenceTier.REPORTED);
  }

  @Test
  void a_device_that_is_unknown_or_revoked_reports_nothing() {
    assertThat(refusal(scene.reports.report(DeviceId.random(scene.entropy), Report.empty())))
        .isEqualTo(DeviceRefusal.DEVICE_UNKNOWN);
    var device = scene.enrolled().device().id();
    value(scene.revocation.revokeDevice(because("lost"), device));
    assertThat(refusal(scene.reports.report(device, Report.empty())))
        .isEqualTo(DeviceRefusal.DEVICE_REVOKED);
  }

  @Test
  void phones_are_issued_by_the_intermediate_for_devices() {
    assertThat(scene.enrolled().chain())
        .isEqualTo(scene.authorities.authority(Branch.DEVICE).chain());
  }

  private EvidenceTier tier(String name) {
    int slot = FactsSchema.standard().find(name).orElseThrow().slot();
    return Optional.ofNullable(scene.deviceFacts().facts().evidenceAt(slot)).orElseThrow().tier();
  }
}
