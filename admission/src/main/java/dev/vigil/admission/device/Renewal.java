// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/// Renews the certificate of an enrolled device by proof of its key, and, once the last certificate
/// has expired and the device ever attested itself, after it has attested itself again. Nothing
/// else of the device changes: no signal, no tier, no session.
public final class Renewal {

  /// How long after expiry a certificate is still renewed.
  public static final Duration GRACE = Duration.ofDays(30);

  /// How long ago the device may have attested itself to renew an expired certificate.
  public static final Duration FRESH = Duration.ofMinutes(10);

  private static final int MOST_VALID = 8;
  private static final int HISTORY = 10_000;

  private final Changes changes;
  private final Issuing issuing;

  /// @param lifetime of the new certificates
  public Renewal(Changes changes, Authorities authorities, Duration lifetime) {
    this.changes = changes;
    this.issuing = new Issuing(authorities, lifetime);
  }

  /// Renews.
  ///
  /// @param provenKey the key that the caller has just proven to hold, by a proof of the request or
  ///   in the TLS handshake
  /// @param csr for the same key
  public Outcome<Issued> renew(Sha256 provenKey, Bytes csr) {
    return CertificateRequest.parse(csr)
        .then(request -> {
          if (!request.thumbprint().equals(provenKey))
            return Outcome.refused(DeviceRefusal.KEY_OF_ANOTHER);
          var known = changes.read(view -> view.deviceOfKey(provenKey));
          if (known.isEmpty()) return Outcome.refused(DeviceRefusal.DEVICE_UNKNOWN);
          return changes.commit(
              new Actor.Machine(known.get().id()), work -> renew(work, known.get(), request));
        });
  }

  /// How a device without the SDK asks: with a certificate that it has, whose key it has just
  /// proven.
  ///
  /// @param certificate the thumbprint of what it showed in the TLS handshake, or signed with
  /// @param request for the same key: a device is known by its key, and another key is another
  ///   device, which needs a right of its own
  /// @param once the digest of a signed message that must not come twice; empty if the proof was
  ///   made in this connection
  public record Shown(Sha256 certificate, CertificateRequest request, Optional<Sha256> once) {}

  /// Renews the certificate of a device that shows one. Refusals are [DeviceRefusal]s.
  public Outcome<Issued> renew(Shown shown) {
    var known = changes.read(view -> view.certificate(shown.certificate));
    if (known.isEmpty()) return Outcome.refused(DeviceRefusal.CERTIFICATE_UNKNOWN);
    return changes.commit(
        new Actor.Machine(known.get().device()),
        work ->
            once(work, shown, known.get())
                .then(_ -> deviceOf(work, shown))
                .then(device -> renew(work, device, shown.request)));
  }

  private static Outcome<Shown> once(Work work, Shown shown, IssuedCertificate known) {
    if (shown.once.isEmpty()) return Outcome.done(shown);
    var digest = shown.once.get();
    if (work.tx().peek(OneTime.Kind.PROOF, digest, work.now()).isPresent())
      return Outcome.refused(DeviceRefusal.MESSAGE_SEEN);
    var end = known.notAfter().plus(GRACE).plus(GRACE); // later it is too late anyway
    work.tx().put(OneTime.of(OneTime.Kind.PROOF, digest, Map.of(), end));
    return Outcome.done(shown);
  }

  private static Outcome<Device> deviceOf(Work work, Shown shown) {
    var certificate = work.tx().certificate(shown.certificate);
    var device = certificate.map(IssuedCertificate::device).flatMap(work.tx()::device);
    if (certificate.isEmpty() || device.isEmpty())
      return Outcome.refused(DeviceRefusal.CERTIFICATE_UNKNOWN);
    if (device.get().kind() != Device.Kind.PHONE)
      return Outcome.refused(DeviceRefusal.NOT_RENEWED_HERE);
    if (certificate.get().revokedAt().isPresent())
      return Outcome.refused(DeviceRefusal.CERTIFICATE_REVOKED);
    if (work.now().isAfter(certificate.get().notAfter().plus(GRACE)))
      return Outcome.refused(DeviceRefusal.RENEWED_TOO_LATE);
    return device.get().key().equals(shown.request.thumbprint())
        ? Outcome.done(device.get())
        : Outcome.refused(DeviceRefusal.NEW_KEY);
  }

  /// Renews within a change that is under way, which must not be kept if this is refused.
  ///
  /// @param request for the device's own key
  public Outcome<Issued> renew(Work work, Device known, CertificateRequest request) {
    if (!request.thumbprint().equals(known.key()))
      return Outcome.refused(DeviceRefusal.KEY_OF_ANOTHER);
    var device = work.tx().device(known.id()).orElse(known);
    if (!device.active()) return Outcome.refused(DeviceRefusal.DEVICE_REVOKED);
    if (work.tx().subject(device.subject()).filter(Subject::active).isEmpty())
      return Outcome.refused(DeviceRefusal.SUBJECT_DISABLED);
    var certificates =
        work.tx().certificatesOf(device.id()).stream()
            .filter(one -> one.revokedAt().isEmpty())
            .toList();
    var last =
        certificates.stream()
            .map(IssuedCertificate::notAfter)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    if (work.now().isAfter(last.plus(GRACE)))
      return Outcome.refused(DeviceRefusal.RENEWED_TOO_LATE);
    if (!work.now().isBefore(last) && attestedBefore(work, device) && !attestedNow(work, device))
      return Outcome.refused(DeviceRefusal.ATTESTATION_NEEDED);
    long valid = certificates.stream().filter(one -> one.notAfter().isAfter(work.now())).count();
    if (valid >= MOST_VALID) return Outcome.refused(DeviceRefusal.RENEWED_TOO_OFTEN);
    return issuing.issue(work, device, request);
  }

  private static boolean attestedBefore(Work work, Device device) {
    return work.tx().signals().history(device.id(), HISTORY).stream()
        .anyMatch(signal -> signal.tier() == EvidenceTier.ATTESTED);
  }

  private static boolean attestedNow(Work work, Device device) {
    return work.tx().signals().of(device.id()).stream()
        .anyMatch(signal ->
            signal.tier() == EvidenceTier.ATTESTED
                && !signal.observed().plus(FRESH).isBefore(work.now()));
  }
}
