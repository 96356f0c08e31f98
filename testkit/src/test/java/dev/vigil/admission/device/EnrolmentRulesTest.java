// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import static dev.vigil.admission.device.DeviceScenes.because;
import static dev.vigil.admission.device.DeviceScenes.refusal;
import static dev.vigil.admission.device.DeviceScenes.value;
import static dev.vigil.admission.device.RuledScene.attested;
import static dev.vigil.admission.device.RuledScene.employees;
import static dev.vigil.admission.device.RuledScene.group;
import static dev.vigil.admission.device.RuledScene.most;
import static dev.vigil.admission.device.RuledScene.rules;
import static dev.vigil.admission.device.RuledScene.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.device.EnrolmentRules.Approval;
import dev.vigil.admission.device.EnrolmentRules.Attestation;
import dev.vigil.admission.device.EnrolmentRules.Rule;
import dev.vigil.admission.device.EnrolmentRules.TestRoot;
import dev.vigil.admission.device.EnrolmentRules.Who;
import dev.vigil.identity.Population;
import dev.vigil.kernel.Outcome;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.posture.Device;
import dev.vigil.posture.Report;
import dev.vigil.posture.attestation.TrustRoot;
import dev.vigil.testkit.SoftwareKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may enrol what, and how many.
class EnrolmentRulesTest {

  private final RuledScene scene = new RuledScene();
  private final DeviceScenes house = scene.house;

  private Outcome<Issued> another(Enrolment enrolment) {
    return scene.enrol(enrolment, house.alice, SoftwareKey.generate());
  }

  private List<Device> devices() {
    return house.store.read(view -> view.devices());
  }

  @Test
  void without_rules_a_person_has_ten_devices_and_no_more() {
    for (int i = 0; i < 10; i++) value(another(house.enrolment));
    assertThat(refusal(another(house.enrolment))).isEqualTo(DeviceRefusal.TOO_MANY_DEVICES);
    value(scene.enrol(house.enrolment, house.subject("bob"), SoftwareKey.generate()));
  }

  @Test
  void revoking_a_device_makes_room_for_another() {
    var enrolment = scene.under(most(employees(), 1));
    var first = value(another(enrolment)).device();
    assertThat(refusal(another(enrolment))).isEqualTo(DeviceRefusal.TOO_MANY_DEVICES);
    assertThat(house.lastEvents()).containsExactly("enrolment-refused");
    value(house.revocation.revokeDevice(because("lost"), first.id()));
    value(another(enrolment));
  }

  @Test
  void nobody_enrols_where_the_rule_allows_none() {
    assertThat(refusal(another(scene.under(most(employees(), 0)))))
        .isEqualTo(DeviceRefusal.ENROLMENT_NOT_ALLOWED);
    assertThat(devices()).isEmpty();
  }

  @Test
  void a_rule_for_a_group_goes_before_one_for_a_population_wherever_it_stands() {
    var none = most(employees(), 0);
    value(another(scene.under(none, most(group("all"), 2))));
    assertThat(refusal(another(scene.under(most(group("all"), 0), most(employees(), 9)))))
        .isEqualTo(DeviceRefusal.ENROLMENT_NOT_ALLOWED);
  }

  @Test
  void of_several_rules_for_the_persons_groups_the_first_decides() {
    var alice = scene.change(house.alice.withGroups(Set.of("all", "treasury")));
    var one = rules(most(group("treasury"), 1), most(group("all"), 7));
    var other = rules(most(group("all"), 7), most(group("treasury"), 1));
    assertThat(one.of(alice).most()).isEqualTo(1);
    assertThat(other.of(alice).most()).isEqualTo(7);
  }

  @Test
  void a_rule_for_others_leaves_the_usual_ten() {
    var customers = new Who.OfPopulation(Population.CUSTOMER);
    var rules = rules(most(customers, 0), most(group("treasury"), 0));
    assertThat(rules.of(house.alice).most()).isEqualTo(EnrolmentRules.USUAL_MOST);
  }

  @Test
  void of_two_phones_at_once_the_last_free_place_goes_to_one() throws Exception {
    var enrolment = scene.under(most(employees(), 1));
    var keys = Stream.generate(SoftwareKey::generate).limit(4).toList();
    try (var pool = Executors.newFixedThreadPool(4)) {
      var tries =
          keys.stream()
              .<Callable<Outcome<Issued>>>map(key -> () -> scene.enrol(enrolment, house.alice, key))
              .toList();
      long done = 0;
      for (var one : pool.invokeAll(tries)) if (one.get() instanceof Outcome.Done<Issued>) done++;
      assertThat(done).isEqualTo(1);
    }
    assertThat(devices()).hasSize(1);
  }

  private static Rule phones(String platform) {
    return new Rule(
        employees(), 5, Set.of(platform), Attestation.NONE, TestRoot.REFUSED, Approval.NONE);
  }

  @Test
  void a_platform_that_is_not_allowed_or_not_known_is_refused() {
    var enrolment = scene.under(phones("ios"));
    assertThat(refusal(another(enrolment))).isEqualTo(DeviceRefusal.PLATFORM_NOT_ALLOWED);
    var android = saying("platform", "android");
    assertThat(refusal(scene.enrol(enrolment, house.alice, SoftwareKey.generate(), android)))
        .isEqualTo(DeviceRefusal.PLATFORM_NOT_ALLOWED);
    value(scene.enrol(enrolment, house.alice, SoftwareKey.generate(), saying("platform", "ios")));
  }

  @Test
  void a_phone_that_says_another_platform_than_it_attests_has_the_attested_one() {
    var lie = saying("platform", "ios");
    assertThat(
            refusal(
                scene.attesting(
                    scene.under(phones("ios")), house.alice, SoftwareKey.generate(), lie)))
        .isEqualTo(DeviceRefusal.PLATFORM_NOT_ALLOWED);
  }

  private Outcome<Issued> attesting(Rule rule) {
    return scene.attesting(scene.under(rule), house.alice, SoftwareKey.generate(), Report.empty());
  }

  @Test
  void where_attestation_is_demanded_a_phone_without_it_is_refused() {
    for (var demanded : List.of(Attestation.ANY, Attestation.HARDWARE))
      assertThat(refusal(another(scene.under(attested(demanded, TestRoot.ACCEPTED)))))
          .isEqualTo(DeviceRefusal.ENROLMENT_NEEDS_ATTESTATION);
    assertThat(devices()).isEmpty();
  }

  @Test
  void a_key_in_software_is_attested_but_not_in_hardware() {
    scene.attestation = "software";
    value(attesting(attested(Attestation.ANY, TestRoot.REFUSED)));
    assertThat(refusal(attesting(attested(Attestation.HARDWARE, TestRoot.REFUSED))))
        .isEqualTo(DeviceRefusal.ENROLMENT_NEEDS_ATTESTATION);
    scene.attestation = "hardware";
    value(attesting(attested(Attestation.HARDWARE, TestRoot.REFUSED)));
  }

  @Test
  void a_test_root_proves_nothing_unless_the_rule_accepts_it() {
    scene.root = TrustRoot.TEST;
    for (var demanded : List.of(Attestation.ANY, Attestation.HARDWARE)) {
      assertThat(refusal(attesting(attested(demanded, TestRoot.REFUSED))))
          .isEqualTo(DeviceRefusal.ENROLMENT_NEEDS_ATTESTATION);
      value(attesting(attested(demanded, TestRoot.ACCEPTED)));
    }
  }

  private Outcome<Issued> granted(Grants grants, SoftwareKey key) {
    var draft =
        new Grants.Draft(
            house.alice.id(), Grants.Protocol.EST, "tablet", Optional.empty(), Duration.ofHours(1));
    var right = value(grants.grant(because("new tablet"), draft));
    return grants.spend(
        right.secret(),
        Grants.Protocol.EST,
        value(CertificateRequest.parse(key.certificateRequest())),
        List.of());
  }

  private Grants grants(Rule... rules) {
    return new Grants(house.changes, house.authorities, Duration.ofDays(7), rules(rules));
  }

  @Test
  void a_right_to_enrol_is_no_way_around_the_rules() {
    value(granted(grants(most(employees(), 1)), SoftwareKey.generate()));
    assertThat(refusal(granted(grants(most(employees(), 1)), SoftwareKey.generate())))
        .isEqualTo(DeviceRefusal.TOO_MANY_DEVICES);
    assertThat(refusal(granted(grants(phones("ios")), SoftwareKey.generate())))
        .isEqualTo(DeviceRefusal.PLATFORM_NOT_ALLOWED);
    var hardware = attested(Attestation.HARDWARE, TestRoot.ACCEPTED);
    assertThat(refusal(granted(grants(hardware), SoftwareKey.generate())))
        .isEqualTo(DeviceRefusal.ENROLMENT_NEEDS_ATTESTATION);
    assertThat(devices()).hasSize(1);
  }

  @Test
  void an_administrators_right_is_an_administrators_approval() {
    value(granted(grants(RuledScene.approval(Approval.ADMINISTRATOR)), SoftwareKey.generate()));
  }
}
