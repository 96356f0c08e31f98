// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rights of devices without the SDK to be enrolled: given by an administrator (or the management
/// product, with the administrator's token), carried to the device as a secret in its profile, and
/// spent by the first certificate that is issued over ACME, SCEP or EST.
public final class Grants {

  /// How long a right can be given for.
  public static final Duration LONGEST = Duration.ofDays(30);

  private static final int SECRET_BYTES = 24;
  private static final int LONGEST_NAME = 64;

  private final Changes changes;
  private final Issuing issuing;
  private final EnrolmentRules rules;

  /// Without rules of the organisation's own.
  ///
  /// @param lifetime of the certificates
  public Grants(Changes changes, Authorities authorities, Duration lifetime) {
    this(changes, authorities, lifetime, EnrolmentRules.NONE);
  }

  /// @param lifetime of the certificates
  /// @param rules who may have which devices; the right is an administrator's approval
  public Grants(Changes changes, Authorities authorities, Duration lifetime, EnrolmentRules rules) {
    this.changes = changes;
    this.issuing = new Issuing(authorities, lifetime);
    this.rules = rules;
  }

  /// By which protocol the device will ask.
  public enum Protocol {
    ACME,
    SCEP,
    EST
  }

  /// A right to be given.
  ///
  /// @param subject whose device it will be
  /// @param name what the device will be listed as
  /// @param permanentIdentifier what the attestation must say that the device is, such as its
  ///   serial number (RFC 4043); empty if anything will do. SCEP and EST prove nothing of it
  public record Draft(
      SubjectId subject,
      Protocol protocol,
      String name,
      Optional<String> permanentIdentifier,
      Duration lifetime) {}

  /// A right that was given; the secret is told once.
  public record Granted(String secret, Grant grant) {}

  /// A right that is not spent yet.
  public record Grant(
      SubjectId subject,
      Protocol protocol,
      String name,
      Optional<String> permanentIdentifier,
      Instant expiresAt) {}

  /// How a grant is kept.
  record Kept(String subject, Protocol protocol, String name, Optional<String> identifier) {}

  /// Gives a right. Refusals are [DeviceRefusal]s.
  public Outcome<Granted> grant(Mandate mandate, Draft draft) {
    if (!PlainText.fits(draft.name, LONGEST_NAME))
      return Outcome.refused(DeviceRefusal.NAME_NOT_ALLOWED);
    boolean fits = draft.lifetime.isPositive() && draft.lifetime.compareTo(LONGEST) <= 0;
    if (!fits) return Outcome.refused(DeviceRefusal.GRANT_TOO_LONG);
    return changes.commit(mandate.by(), work -> grant(work, draft));
  }

  private static Outcome<Granted> grant(Work work, Draft draft) {
    var owner = work.tx().subject(draft.subject);
    if (owner.filter(Subject::active).isEmpty())
      return Outcome.refused(DeviceRefusal.SUBJECT_DISABLED);
    if (owner.get().keptForEmergencies()) return Outcome.refused(DeviceRefusal.BREAK_GLASS);
    var secret =
        Base64.getUrlEncoder().withoutPadding().encodeToString(work.entropy().bytes(SECRET_BYTES));
    var expires = work.now().plus(draft.lifetime);
    var kept =
        new Kept(draft.subject.value(), draft.protocol, draft.name, draft.permanentIdentifier);
    work.tx().put(OneTime.of(OneTime.Kind.GRANT, digest(secret), kept, expires));
    work.note(
        "device-grant-created",
        "a device may be enrolled without the app",
        Map.of("protocol", draft.protocol.name(), "name", draft.name),
        draft.subject);
    return Outcome.done(new Granted(secret, read(kept, expires)));
  }

  private static Sha256 digest(String secret) {
    return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
  }

  private static Grant read(Kept kept, Instant expires) {
    return new Grant(
        new SubjectId(kept.subject), kept.protocol, kept.name, kept.identifier, expires);
  }

  /// The right behind a secret, without spending it; empty if there is none, it was spent, has
  /// expired, or is for another protocol.
  public Optional<Grant> find(String secret, Protocol protocol) {
    var now = changes.time().now();
    return changes
        .read(view -> view.peek(OneTime.Kind.GRANT, digest(secret), now))
        .map(value -> read(value.as(Kept.class), value.expiresAt()))
        .filter(grant -> grant.protocol == protocol);
  }

  /// Spends a right: the device is enrolled and its certificate issued, in one commit, or nothing
  /// happens. Refusals are [DeviceRefusal]s.
  ///
  /// @param attested what a verified attestation said; empty if there was none
  public Outcome<Issued> spend(
      String secret, Protocol protocol, CertificateRequest csr, List<Signal> attested) {
    return changes.commit(
        dev.vigil.admission.Actor.SYSTEM, work -> spend(work, secret, protocol, csr, attested));
  }

  /// The same within a change that is under way, which must not be kept if this is refused.
  public Outcome<Issued> spend(
      Work work, String secret, Protocol protocol, CertificateRequest csr, List<Signal> attested) {
    return work.tx()
        .spend(OneTime.Kind.GRANT, digest(secret), work.now())
        .map(value -> read(value.as(Kept.class), value.expiresAt()))
        .filter(grant -> grant.protocol == protocol)
        .map(grant -> enrol(work, grant, csr, attested))
        .orElseGet(() -> Outcome.refused(DeviceRefusal.GRANT_SPENT));
  }

  private Outcome<Issued> enrol(
      Work work, Grant grant, CertificateRequest csr, List<Signal> attested) {
    var owner = work.tx().subject(grant.subject).filter(Subject::active);
    if (owner.isEmpty()) return Outcome.refused(DeviceRefusal.SUBJECT_DISABLED);
    if (work.tx().deviceOfKey(csr.thumbprint()).isPresent())
      return Outcome.refused(DeviceRefusal.KEY_KNOWN);
    return rules
        .admit(work.tx(), owner.get(), Showing.of(attested, List.of()))
        .then(_ -> admitted(work, grant, csr, attested));
  }

  private Outcome<Issued> admitted(
      Work work, Grant grant, CertificateRequest csr, List<Signal> attested) {
    var device =
        new Device(
            DeviceId.random(work.entropy()),
            Device.Kind.PHONE,
            grant.subject,
            csr.thumbprint(),
            grant.name,
            work.now(),
            Optional.empty());
    work.tx().put(device);
    work.event(
        "device-enrolled",
        "enrolled over " + grant.protocol,
        Map.of("name", device.name(), "protocol", grant.protocol.name()),
        device.id(),
        grant.subject);
    Intake.take(work, device.id(), attested, "attested at enrolment");
    return issuing.issue(work, device, csr);
  }
}
