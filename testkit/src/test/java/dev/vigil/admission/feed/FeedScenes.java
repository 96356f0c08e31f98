// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The stage on which the scenes about feeds play: Alice and Bob with their phones, and a product
/// called `intune`.
final class FeedScenes {

  static final FeedRules ACCEPTING =
      new FeedRules(
          "intune", Duration.ofMinutes(30), Duration.ofHours(24), FeedRules.Claims.ACCEPTED);
  static final FeedRules RULES =
      new FeedRules(
          "intune", Duration.ofMinutes(30), Duration.ofHours(24), FeedRules.Claims.REFUSED);
  static final Mandate ADMIN = new Mandate(Actor.SYSTEM, new Reason("ticket 42"));

  final ManualTime time = ManualTime.atNoon();
  final SeededEntropy entropy = new SeededEntropy(5);
  final CollectedFacts sink = new CollectedFacts();
  final Changes changes = new Changes(new MemoryStore(time), sink, time, entropy);
  final FeedIntake intake = new FeedIntake(changes);
  final Feeds feeds = new Feeds(changes, List.of(RULES));
  final DeviceClaims claims = new DeviceClaims(changes);
  final Subject alice = person("alice");
  final Subject bob = person("bob");

  Subject person(String name) {
    var subject =
        new Subject(
            SubjectId.random(entropy),
            name + "@bank.example",
            name,
            Population.EMPLOYEE,
            Set.of(),
            Set.of(),
            true,
            time.now());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(subject);
          return work.event("subject-created", "invited", Map.of(), subject.id());
        });
    return subject;
  }

  Device phone(Subject owner) {
    var device =
        new Device(
            DeviceId.random(entropy),
            Device.Kind.PHONE,
            owner.id(),
            Sha256.ofDigest(entropy.bytes(32)),
            "a phone",
            time.now(),
            Optional.empty());
    put(device);
    return device;
  }

  void put(Device device) {
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(device);
          return work.event("device-enrolled", "for a scene", Map.of(), device.id());
        });
  }

  /// What `intune` says of an entry: its id, its user, and that it is compliant.
  DeviceSaid said(String id, Subject user) {
    return new DeviceSaid(
        new DeviceSaid.Ids(
            id,
            Optional.empty(),
            Optional.empty(),
            Optional.of("SERIAL-1"),
            Optional.of(user.userName().toUpperCase(java.util.Locale.ROOT))),
        Map.of(SignalName.COMPLIANT, "true", SignalName.OS_VERSION, "17.1"),
        Optional.of(time.now().minusSeconds(60)));
  }

  DeviceSaid withKey(DeviceSaid said, Device device) {
    var id = said.id();
    return new DeviceSaid(
        new DeviceSaid.Ids(
            id.management(),
            Optional.of(device.key()),
            id.certificate(),
            id.serialNumber(),
            id.user()),
        said.says(),
        said.observed());
  }

  DeviceSaid saying(DeviceSaid said, Map<SignalName, String> says) {
    return new DeviceSaid(said.id(), says, said.observed());
  }

  DeviceSaid seen(DeviceSaid said, Instant at) {
    return new DeviceSaid(said.id(), said.says(), Optional.of(at));
  }

  List<Signal> signals(Device device) {
    return changes.read(view -> view.signals().of(device.id()));
  }

  Optional<FeedLink> link(String id) {
    return changes.read(view -> view.feeds().link("intune", id));
  }

  List<SecurityEvent> events(String type) {
    return changes.read(view -> view.eventsAfter(0, 10_000)).stream()
        .filter(event -> event.type().equals(type))
        .toList();
  }

  long sequence() {
    return changes.read(view -> view.sequence());
  }
}
