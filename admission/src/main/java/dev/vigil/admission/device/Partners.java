// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Population;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Partners' machines and workloads: registered by an administrator with a certificate request,
/// known by their certificate, each from the intermediate of its own kind.
public final class Partners {

  private static final int LONGEST_NAME = 64;
  private static final Pattern USER_NAME = Pattern.compile("[a-z0-9][a-z0-9.@_-]{0,127}");
  private static final Duration SESSION = Duration.ofHours(1);

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
  /// @param userName unique among all subjects, in lower case
  /// @param lifetime of this certificate; empty for the usual one
  public record Registration(
      Population population,
      String userName,
      String displayName,
      Set<String> groups,
      Bytes csr,
      Optional<Duration> lifetime) {

    public Registration {
      groups = Set.copyOf(groups);
    }
  }

  /// Creates the subject and its machine and issues the machine's certificate.
  public Outcome<Issued> register(Actor administrator, Registration registration) {
    if (!USER_NAME.matcher(registration.userName).matches())
      return Outcome.refused(DeviceRefusal.USER_NAME_NOT_ALLOWED);
    if (!PlainText.fits(registration.displayName, LONGEST_NAME))
      return Outcome.refused(DeviceRefusal.NAME_NOT_ALLOWED);
    return kind(registration.population)
        .then(kind ->
            CertificateRequest.parse(registration.csr)
                .then(csr ->
                    changes.commit(
                        administrator, work -> register(work, registration, kind, csr))));
  }

  private static Outcome<Device.Kind> kind(Population population) {
    return switch (population) {
      case PARTNER -> Outcome.done(Device.Kind.PARTNER);
      case WORKLOAD -> Outcome.done(Device.Kind.WORKLOAD);
      case EMPLOYEE, CUSTOMER, AGENT -> Outcome.refused(DeviceRefusal.NOT_A_MACHINE);
    };
  }

  private Outcome<Issued> register(
      Work work, Registration registration, Device.Kind kind, CertificateRequest csr) {
    if (work.tx().subjectNamed(registration.userName).isPresent())
      return Outcome.refused(DeviceRefusal.USER_NAME_TAKEN);
    if (work.tx().deviceOfKey(csr.thumbprint()).isPresent())
      return Outcome.refused(DeviceRefusal.KEY_KNOWN);
    var subject =
        new Subject(
            SubjectId.random(work.entropy()),
            registration.userName,
            registration.displayName,
            registration.population,
            registration.groups,
            Set.of(),
            true,
            work.now());
    var device =
        new Device(
            DeviceId.random(work.entropy()),
            kind,
            subject.id(),
            csr.thumbprint(),
            registration.displayName,
            work.now(),
            Optional.empty());
    work.tx().put(subject);
    work.tx().put(device);
    work.event(
        "subject-created",
        "registered by an administrator",
        Map.of("population", registration.population.label()),
        subject.id());
    work.event(
        "device-enrolled",
        "registered by an administrator",
        Map.of("name", device.name()),
        device.id(),
        subject.id());
    return registration
        .lifetime
        .map(life -> issuing.issue(work, device, csr, life))
        .orElseGet(() -> issuing.issue(work, device, csr));
  }

  /// Opens a session for a machine that has just proven its certificate in a TLS handshake (RFC
  /// 8705). It lasts an hour and no longer than the certificate.
  public Outcome<Session> signIn(Sha256 certificate) {
    return changes.commit(
        Actor.SYSTEM, work -> machine(work, certificate).map(machine -> open(work, machine)));
  }

  private record Machine(Device device, java.time.Instant notAfter, Sha256 certificate) {}

  private static Outcome<Machine> machine(Work work, Sha256 thumbprint) {
    var certificate =
        work.tx().certificate(thumbprint).filter(found -> work.now().isBefore(found.notAfter()));
    return certificate
        .flatMap(found -> work.tx().device(found.device()))
        .filter(device -> device.active() && device.kind() != Device.Kind.PHONE)
        .filter(device -> work.tx().subject(device.subject()).filter(Subject::active).isPresent())
        .map(device -> Outcome.done(new Machine(device, certificate.get().notAfter(), thumbprint)))
        .orElseGet(() -> Outcome.refused(DeviceRefusal.CERTIFICATE_UNKNOWN));
  }

  private static Session open(Work work, Machine machine) {
    var end = work.now().plus(SESSION);
    var authentication =
        new Authentication(
            work.now(),
            Authentication.Strength.CERTIFICATE,
            Set.of("x509"),
            true,
            false,
            machine.certificate.toString());
    var session =
        new Session(
            SessionId.random(work.entropy()),
            machine.device.subject(),
            new Session.Binding.Certificate(machine.device.id()),
            List.of(authentication),
            work.now(),
            end.isBefore(machine.notAfter) ? end : machine.notAfter,
            Optional.empty());
    work.tx().put(session);
    work.event(
        "session-established",
        "certificate",
        Map.of(),
        session.id(),
        session.subject(),
        machine.device.id());
    return session;
  }
}
