// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.pki.IssuedCertificate;
import java.util.Map;
import java.util.Optional;

/// Revokes one certificate of a device: it leaves the positive list with the commit, so the gateway
/// refuses it from then on, and CRL and OCSP tell others. The device keeps its key and its other
/// certificates; to take trust from the device, revoke the device ([Revocation]). Doing it again
/// changes nothing and succeeds.
public final class CertificateRevocation {

  private final Changes changes;

  public CertificateRevocation(Changes changes) {
    this.changes = changes;
  }

  /// Revokes the certificate with this serial number.
  ///
  /// @param serial hexadecimal, lower case
  public Outcome<IssuedCertificate> revoke(Mandate mandate, DeviceId device, String serial) {
    return changes.commit(
        mandate.by(),
        work -> {
          if (work.tx().device(device).isEmpty())
            return Outcome.refused(AdministrationRefusal.NO_SUCH_DEVICE);
          return find(work, device, serial)
              .map(one -> Outcome.done(revoked(work, one, mandate.reason().text())))
              .orElseGet(() -> Outcome.refused(DeviceRefusal.CERTIFICATE_UNKNOWN));
        });
  }

  private static Optional<IssuedCertificate> find(Work work, DeviceId device, String serial) {
    return work.tx().certificates().numbered(serial).filter(one -> one.device().equals(device));
  }

  private static IssuedCertificate revoked(Work work, IssuedCertificate one, String cause) {
    if (one.revokedAt().isPresent()) return one;
    work.tx().certificates().revoke(one.thumbprint(), work.now());
    work.event(
        Issuing.CERTIFICATE_ISSUED,
        cause,
        Map.of("change_type", "revoke", "credential_type", "x509", "x509_serial", one.serial()),
        one.device());
    return one.revoke(work.now());
  }
}
