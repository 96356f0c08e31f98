// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Work;
import dev.vigil.kernel.Outcome;
import dev.vigil.pki.Authority;
import dev.vigil.pki.Branch;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.pki.ClientProfile;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.pki.KeyUnavailable;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.Map;

/// Issues the certificate of a device inside a change that has stored the device.
///
/// @param lifetime of phones' certificates
record Issuing(Authorities authorities, Duration lifetime) {

  static final String CERTIFICATE_ISSUED = "credential-change";

  Outcome<Issued> issue(Work work, Device device, CertificateRequest request) {
    return issue(work, device, request, lifetime);
  }

  /// With a lifetime of its own.
  Outcome<Issued> issue(Work work, Device device, CertificateRequest request, Duration life) {
    var authority = authorities.authority(branch(device.kind()));
    try {
      return authority
          .check(new ClientProfile(device.id(), life), request, work.now())
          .map(right -> keep(work, device, authority, right));
    } catch (KeyUnavailable e) {
      return Outcome.refused(DeviceRefusal.AUTHORITY_AWAY);
    }
  }

  private static Issued keep(
      Work work, Device device, Authority authority, Authority.SigningRight right) {
    IssuedCertificate certificate = right.sign(work.entropy());
    work.tx().put(certificate);
    var details =
        Map.of(
            "change_type",
            "create",
            "credential_type",
            "x509",
            "x509_issuer",
            authority.branch().label(),
            "x509_serial",
            certificate.serial());
    var event = work.event(CERTIFICATE_ISSUED, "issued", details, device.id(), device.subject());
    return new Issued(device, certificate, authority.chain(), event.sequence());
  }

  static Branch branch(Device.Kind kind) {
    return switch (kind) {
      case PHONE -> Branch.DEVICE;
      case PARTNER -> Branch.PARTNER;
      case WORKLOAD -> Branch.WORKLOAD;
    };
  }
}
