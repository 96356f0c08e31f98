// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationRefusal.NO_SUCH_DEVICE;

import dev.vigil.admission.Changes;
import dev.vigil.admission.View;
import dev.vigil.admission.device.DeviceEvidence;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is known of the devices. Their revocation is the device part's own act.
public final class Devices {

  private final Changes changes;

  public Devices(Changes changes) {
    this.changes = changes;
  }

  /// A device with its owner, what every source says of it, and its certificates.
  ///
  /// @param evidence what of it counts, and what contradicts it
  /// @param certificates oldest first, expired ones included
  public record Known(
      Device device,
      Optional<Subject> owner,
      List<Said> signals,
      DeviceEvidence evidence,
      List<IssuedCertificate> certificates) {
    public Known {
      signals = List.copyOf(signals);
      certificates = List.copyOf(certificates);
    }
  }

  /// What one source says.
  ///
  /// @param current whether policies see this one; of several sources the strongest counts, then
  ///   the freshest
  public record Said(Signal signal, Duration age, boolean current) {}

  /// Every device, in the order of enrolment, revoked ones included.
  public List<Device> list() {
    return changes.read(View::devices);
  }

  /// The devices of one subject.
  public List<Device> of(SubjectId subject) {
    return list().stream().filter(device -> device.subject().equals(subject)).toList();
  }

  /// One device.
  public Outcome<Known> show(DeviceId id) {
    var now = changes.time().now();
    return changes.read(view ->
        view.device(id)
            .map(device -> Outcome.done(known(view, device, now)))
            .orElseGet(() -> Outcome.refused(NO_SUCH_DEVICE, "`" + id + "` is no device")));
  }

  /// What sources said of a device in the course of time, newest first: each signal when it began
  /// to say something else.
  public Outcome<List<Signal>> history(DeviceId id, int limit) {
    return changes.read(view ->
        view.device(id)
            .map(device -> Outcome.done(view.signals().history(device.id(), limit)))
            .orElseGet(() -> Outcome.refused(NO_SUCH_DEVICE, "`" + id + "` is no device")));
  }

  private static Known known(View view, Device device, Instant now) {
    var evidence = DeviceEvidence.at(view, device.id(), now);
    var said =
        view.signals().of(device.id()).stream()
            .sorted(Comparator.comparing(Signal::name).thenComparing(Signal::source))
            .map(signal ->
                new Said(
                    signal,
                    age(signal, now),
                    evidence.posture().find(signal.name()).filter(signal::equals).isPresent()))
            .toList();
    return new Known(
        device, view.subject(device.subject()), said, evidence, view.certificatesOf(device.id()));
  }

  private static Duration age(Signal signal, Instant now) {
    var age = Duration.between(signal.observed(), now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
