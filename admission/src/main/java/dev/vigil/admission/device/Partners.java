// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Changes;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.GroupName;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.administration.UserName;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Partners' machines and workloads: registered by an administrator with a certificate request,
/// known by their certificate, each from the intermediate of its own kind.
public final class Partners {

  private static final int LONGEST_NAME = 64;

  private final Changes changes;
  private final Issuing issuing;

  /// @param lifetime of their certificates, unless a registration says otherwise
  public Partners(Changes changes, Authorities authorities, Duration lifetime) {
    this.changes = changes;
    this.issuing = new Issuing(authorities, lifetime);
  }

  /// What an administrator registers.
  ///
  /// @param population partner or workload
  /// @param userName unique among all subjects
  /// @param displayName also the machine's name, at most 64 characters of it
  /// @param lifetime of this certificate; empty for the usual one
  public record Registration(
      Population population,
      UserName userName,
      DisplayName displayName,
      Set<GroupName> groups,
      Bytes csr,
      Optional<Duration> lifetime) {

    public Registration {
      groups = Set.copyOf(groups);
    }
  }

  /// Creates the subject and its machine and issues the machine's certificate, in one commit.
  public Outcome<Issued> register(Mandate mandate, Registration registration) {
    if (!PlainText.fits(registration.displayName.value(), LONGEST_NAME))
      return Outcome.refused(DeviceRefusal.NAME_NOT_ALLOWED);
    return kind(registration.population)
        .then(kind ->
            CertificateRequest.parse(registration.csr)
                .then(csr ->
                    changes.commit(
                        mandate.by(),
                        work -> register(work, mandate.reason(), registration, kind, csr))));
  }

  private static Outcome<Device.Kind> kind(Population population) {
    return switch (population) {
      case PARTNER -> Outcome.done(Device.Kind.PARTNER);
      case WORKLOAD -> Outcome.done(Device.Kind.WORKLOAD);
      case EMPLOYEE, CUSTOMER, AGENT -> Outcome.refused(DeviceRefusal.NOT_A_MACHINE);
    };
  }

  private Outcome<Issued> register(
      Work work,
      Reason reason,
      Registration registration,
      Device.Kind kind,
      CertificateRequest csr) {
    if (work.tx().subjectNamed(registration.userName.value()).isPresent())
      return Outcome.refused(
          AdministrationRefusal.USER_NAME_TAKEN, "`" + registration.userName + "` is taken");
    if (work.tx().deviceOfKey(csr.thumbprint()).isPresent())
      return Outcome.refused(DeviceRefusal.KEY_KNOWN);
    var subject =
        new Subject(
            SubjectId.random(work.entropy()),
            registration.userName.value(),
            registration.displayName.value(),
            registration.population,
            registration.groups.stream()
                .map(GroupName::value)
                .collect(Collectors.toUnmodifiableSet()),
            Set.of(),
            true,
            work.now());
    var device =
        new Device(
            DeviceId.random(work.entropy()),
            kind,
            subject.id(),
            csr.thumbprint(),
            registration.displayName.value(),
            work.now(),
            Optional.empty());
    work.tx().put(subject);
    work.tx().put(device);
    work.event(
        "subject-created",
        reason.text(),
        Map.of("population", registration.population.label()),
        subject.id());
    work.event(
        "device-enrolled", reason.text(), Map.of("name", device.name()), device.id(), subject.id());
    return registration
        .lifetime
        .map(life -> issuing.issue(work, device, csr, life))
        .orElseGet(() -> issuing.issue(work, device, csr));
  }
}
