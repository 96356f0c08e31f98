// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import static dev.vigil.admission.device.DeviceScenes.answering;
import static dev.vigil.admission.device.DeviceScenes.value;

import dev.vigil.admission.Actor;
import dev.vigil.admission.device.EnrolmentRules.Approval;
import dev.vigil.admission.device.EnrolmentRules.Attestation;
import dev.vigil.admission.device.EnrolmentRules.Rule;
import dev.vigil.admission.device.EnrolmentRules.TestRoot;
import dev.vigil.admission.device.EnrolmentRules.Who;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Report;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.attestation.AttestationFormat;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.Statement;
import dev.vigil.posture.attestation.TrustRoot;
import dev.vigil.testkit.SoftwareKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The organisation of [DeviceScenes] with rules of its own.
final class RuledScene {

  final DeviceScenes house = new DeviceScenes();

  /// What the verifier will say of the next statement.
  TrustRoot root = TrustRoot.VENDOR;

  String attestation = "hardware";

  static Rule most(Who who, int most) {
    return new Rule(who, most, Set.of(), Attestation.NONE, TestRoot.REFUSED, Approval.NONE);
  }

  static Rule approval(Approval approval) {
    return new Rule(employees(), 3, Set.of(), Attestation.NONE, TestRoot.REFUSED, approval);
  }

  static Rule attested(Attestation attestation, TestRoot root) {
    return new Rule(employees(), 5, Set.of(), attestation, root, Approval.NONE);
  }

  static Who employees() {
    return new Who.OfPopulation(Population.EMPLOYEE);
  }

  static Who group(String name) {
    return new Who.OfGroup(name);
  }

  Enrolment under(Rule... rules) {
    return new Enrolment(
        house.changes,
        house.authorities,
        (_, _, _) -> Outcome.done(said()),
        Duration.ofHours(24),
        rules(rules));
  }

  static EnrolmentRules rules(Rule... rules) {
    return new EnrolmentRules(Arrays.asList(rules));
  }

  private Attested said() {
    return new Attested(
        AttestationFormat.ANDROID_KEY,
        root,
        Optional.empty(),
        Map.of(SignalName.ATTESTATION, attestation, SignalName.PLATFORM, "android"),
        Map.of());
  }

  /// A phone that proves nothing and says nothing.
  Outcome<Issued> enrol(Enrolment enrolment, Subject person, SoftwareKey key) {
    return enrol(enrolment, person, key, Report.empty());
  }

  Outcome<Issued> enrol(Enrolment enrolment, Subject person, SoftwareKey key, Report report) {
    return enrol(enrolment, person, key, report, Optional.empty());
  }

  /// A phone whose statement is verified as [#root] and [#attestation] say.
  Outcome<Issued> attesting(Enrolment enrolment, Subject person, SoftwareKey key, Report report) {
    var statement = new Statement("android-key", List.of(), List.of());
    return enrol(enrolment, person, key, report, Optional.of(statement));
  }

  private Outcome<Issued> enrol(
      Enrolment enrolment,
      Subject person,
      SoftwareKey key,
      Report report,
      Optional<Statement> statement) {
    var session = house.signedIn(person, key);
    var challenge = value(enrolment.challenge(session.id())).value();
    return enrolment.enrol(
        new Enrolment.Request(
            session.id(), answering(challenge, key), challenge, "the phone", report, statement));
  }

  static Report saying(String name, String value) {
    return new Report(List.of(new Report.Claim(name, value, Optional.empty())));
  }

  /// Changes a person, as an administrator would.
  Subject change(Subject person) {
    house.changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(person);
          return work.event("subject-changed", "test", Map.of(), person.id());
        });
    return person;
  }
}
