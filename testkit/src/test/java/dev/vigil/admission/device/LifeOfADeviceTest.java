// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import static dev.vigil.admission.device.DeviceScenes.because;
import static dev.vigil.admission.device.DeviceScenes.refusal;
import static dev.vigil.admission.device.DeviceScenes.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.vigil.admission.Changes;
import dev.vigil.admission.FactsJson;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.Store;
import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.GroupName;
import dev.vigil.admission.administration.UserName;
import dev.vigil.identity.Population;
import dev.vigil.identity.Session;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.Branch;
import dev.vigil.pki.PkiRefusal;
import dev.vigil.posture.Device;
import dev.vigil.testkit.SoftwareKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What becomes of devices after they joined: renewal, partners and workloads, and the end of
/// trust.
class LifeOfADeviceTest {

  private final DeviceScenes scene = new DeviceScenes();

  @Test
  void a_phone_renews_by_proof_of_its_key_and_both_certificates_stand() {
    var first = scene.enrolled();
    scene.time.pass(Duration.ofHours(16));
    var second =
        value(scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest()));
    assertThat(second.device().id()).isEqualTo(first.device().id());
    assertThat(scene.deviceFacts().certificates()).hasSize(2);
    scene.time.pass(Duration.ofHours(9));
    value(scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest()));
    assertThat(scene.deviceFacts().certificates())
        .extracting(FactsSink.Admitted::thumbprint)
        .contains(second.certificate().thumbprint())
        .doesNotContain(first.certificate().thumbprint());
  }

  @Test
  void an_expired_certificate_renews_for_thirty_days_and_not_for_thirty_one() {
    scene.enrolled();
    scene.time.pass(Duration.ofHours(24).plusDays(30));
    value(scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest()));
    scene.time.pass(Duration.ofHours(24).plusDays(31));
    assertThat(
            refusal(
                scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest())))
        .isEqualTo(DeviceRefusal.RENEWED_TOO_LATE);
  }

  @Test
  void renewal_raises_no_tier_and_freshens_no_signal() {
    var device = scene.enrolled().device().id();
    value(
        scene.reports.report(
            device,
            new dev.vigil.posture.Report(
                java.util.List.of(
                    new dev.vigil.posture.Report.Claim("rooted", "false", Optional.empty())))));
    var before =
        scene.store.<java.util.List<dev.vigil.posture.Signal>>read(
            view -> view.signals().of(device));
    scene.time.pass(Duration.ofHours(20));
    value(scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest()));
    assertThat(
            scene.store.<java.util.List<dev.vigil.posture.Signal>>read(
                view -> view.signals().of(device)))
        .isEqualTo(before);
  }

  @Test
  void renewal_after_revocation_is_refused() {
    var device = scene.enrolled().device().id();
    value(scene.revocation.revokeDevice(because("lost"), device));
    assertThat(
            refusal(
                scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest())))
        .isEqualTo(DeviceRefusal.DEVICE_REVOKED);
  }

  @Test
  void renewal_with_another_key_than_the_proven_one_is_refused() {
    scene.enrolled();
    var thief = SoftwareKey.generate();
    assertThat(refusal(scene.renewal.renew(scene.phone.thumbprint(), thief.certificateRequest())))
        .isEqualTo(DeviceRefusal.KEY_OF_ANOTHER);
    assertThat(refusal(scene.renewal.renew(thief.thumbprint(), scene.phone.certificateRequest())))
        .isEqualTo(DeviceRefusal.KEY_OF_ANOTHER);
    assertThat(refusal(scene.renewal.renew(thief.thumbprint(), thief.certificateRequest())))
        .isEqualTo(DeviceRefusal.DEVICE_UNKNOWN);
    assertThat(
            refusal(
                scene.renewal.renew(
                    scene.phone.thumbprint(),
                    thief.certificateRequest(scene.phone.requestBuilder()))))
        .isEqualTo(PkiRefusal.PROOF_FAILED);
  }

  @Test
  void renewal_of_a_disabled_person_is_refused() {
    scene.enrolled();
    value(scene.people.disable(because("left the bank"), scene.alice.id()));
    assertThat(
            refusal(
                scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest())))
        .isEqualTo(DeviceRefusal.SUBJECT_DISABLED);
  }

  @Test
  void a_device_cannot_hoard_certificates() {
    scene.enrolled();
    for (int i = 0; i < 7; i++)
      value(scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest()));
    assertThat(
            refusal(
                scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest())))
        .isEqualTo(DeviceRefusal.RENEWED_TOO_OFTEN);
  }

  @Test
  void revoking_a_device_empties_its_positive_list_and_ends_its_sessions() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var device = value(scene.enrol(session, scene.phone)).device();
    var elsewhere = scene.session(scene.alice, new Session.Binding.Cookie());
    var revoked = value(scene.revocation.revokeDevice(because("lost"), device.id()));
    assertThat(revoked.active()).isFalse();
    assertThat(scene.deviceFacts().certificates()).isEmpty();
    assertThat(scene.deviceFacts().facts().find("device.active")).contains(false);
    var ended = scene.sink.last(FactsSink.Change.OfSession.class);
    assertThat(ended.id()).isEqualTo(session.id());
    assertThat(ended.ended()).isTrue();
    assertThat(scene.session(elsewhere.id()).ended()).isEmpty();
    assertThat(scene.lastEvents())
        .containsExactly("device-compliance-change", "credential-change", "session-revoked");
  }

  @Test
  void a_revocation_acts_even_if_the_store_cannot_keep_it() {
    var session = scene.signedIn(scene.alice, scene.phone);
    var device = value(scene.enrol(session, scene.phone)).device();
    var kept = scene.deviceFacts().facts();
    var broken =
        new Revocation(new Changes(scene.readOnlyStore(), scene.sink, scene.time, scene.entropy));
    assertThatThrownBy(() -> broken.revokeDevice(because("lost"), device.id()))
        .isInstanceOf(Store.StoreUnavailable.class);
    assertThat(scene.deviceFacts().certificates()).isEmpty();
    assertThat(FactsJson.write(scene.deviceFacts().facts()))
        .as("facts that records may refer to")
        .isEqualTo(FactsJson.write(kept));
    assertThat(scene.sink.last(FactsSink.Change.OfSession.class).ended()).isTrue();
  }

  @Test
  void revoking_again_changes_nothing() {
    var device = scene.enrolled().device().id();
    value(scene.revocation.revokeDevice(because("lost"), device));
    long sequence = scene.sink.last().sequence();
    assertThat(
            value(scene.revocation.revokeDevice(because("stolen"), device))
                .revoked()
                .orElseThrow()
                .cause())
        .isEqualTo("lost");
    assertThat(scene.sink.last().sequence()).isEqualTo(sequence);
    assertThat(scene.store.<Long>read(view -> view.sequence())).isEqualTo(sequence);
  }

  @Test
  void disabling_a_person_ends_every_session_of_that_person_only() {
    var mine = scene.signedIn(scene.alice, scene.phone);
    var other = scene.signedIn(scene.subject("bob"), SoftwareKey.generate());
    assertThat(value(scene.people.disable(because("left the bank"), scene.alice.id())).active())
        .isFalse();
    assertThat(scene.session(mine.id()).ended()).isPresent();
    assertThat(scene.session(other.id()).ended()).isEmpty();
    assertThat(scene.sink.last(FactsSink.Change.OfSubject.class).id()).isEqualTo(scene.alice.id());
    assertThat(scene.lastEvents()).containsExactly("account-disabled", "session-revoked");
  }

  @Test
  void what_is_unknown_is_not_revoked() {
    assertThat(refusal(scene.revocation.revokeDevice(because("x"), DeviceId.random(scene.entropy))))
        .isEqualTo(AdministrationRefusal.NO_SUCH_DEVICE);
    assertThat(refusal(scene.sessions.revoke(because("x"), SessionId.random(scene.entropy))))
        .isEqualTo(AdministrationRefusal.NO_SUCH_SESSION);
    assertThat(refusal(scene.people.disable(because("x"), SubjectId.random(scene.entropy))))
        .isEqualTo(AdministrationRefusal.NO_SUCH_PERSON);
  }

  private Partners.Registration registration(Population population, SoftwareKey key) {
    return new Partners.Registration(
        population,
        new UserName("payments.partner.example"),
        new DisplayName("Payments"),
        Set.of(new GroupName("partners")),
        key.certificateRequest(),
        Optional.empty());
  }

  @Test
  void a_partner_is_issued_by_its_own_intermediate_in_one_commit_that_says_why() {
    for (var population : java.util.List.of(Population.PARTNER, Population.WORKLOAD)) {
      var fresh = new DeviceScenes();
      var issued =
          value(
              fresh.partners.register(
                  because("contract 4711"), registration(population, SoftwareKey.generate())));
      var branch = Branch.valueOf(population.name());
      assertThat(issued.chain()).isEqualTo(fresh.authorities.authority(branch).chain());
      assertThat(issued.device().kind()).isEqualTo(Device.Kind.valueOf(population.name()));
      assertThat(fresh.authorities.accepts(issued.certificate(), issued.chain(), fresh.time.now()))
          .isTrue();
      assertThat(fresh.sink.last().events())
          .as("one commit says who and why")
          .isNotEmpty()
          .allSatisfy(event -> assertThat(event.actor()).isEqualTo("system"))
          .filteredOn(event -> !event.type().equals("credential-change"))
          .extracting(event -> event.type(), event -> event.cause())
          .containsExactly(
              tuple("subject-created", "contract 4711"), tuple("device-enrolled", "contract 4711"));
    }
  }

  @Test
  void people_are_not_registered_as_machines_and_names_and_keys_come_once() {
    var key = SoftwareKey.generate();
    assertThat(
            refusal(
                scene.partners.register(
                    because("contract 4711"), registration(Population.EMPLOYEE, key))))
        .isEqualTo(DeviceRefusal.NOT_A_MACHINE);
    value(scene.partners.register(because("contract 4711"), registration(Population.PARTNER, key)));
    assertThat(
            refusal(
                scene.partners.register(
                    because("contract 4711"),
                    registration(Population.PARTNER, SoftwareKey.generate()))))
        .isEqualTo(AdministrationRefusal.USER_NAME_TAKEN);
    var sameKey =
        new Partners.Registration(
            Population.PARTNER,
            new UserName("other"),
            new DisplayName("Other"),
            Set.of(),
            key.certificateRequest(),
            Optional.empty());
    assertThat(refusal(scene.partners.register(because("contract 4711"), sameKey)))
        .isEqualTo(DeviceRefusal.KEY_KNOWN);
    assertThat(
            scene.store.<Optional<dev.vigil.identity.Subject>>read(
                view -> view.subjectNamed("other")))
        .isEmpty();
  }
}
