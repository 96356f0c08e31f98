// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Changes;
import dev.vigil.admission.View;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.Branch;
import dev.vigil.pki.CertificateStatus;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.pki.RevocationList;
import dev.vigil.posture.Device;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is told of issued certificates: to outside verifiers whether they count, to a device which
/// it has.
public final class CertificateStatuses {

  private final Changes changes;

  public CertificateStatuses(Changes changes) {
    this.changes = changes;
  }

  /// Of a branch's certificate with this serial number; one of another branch is unknown.
  ///
  /// @param serial hexadecimal, lower case
  public CertificateStatus of(Branch branch, String serial) {
    return changes.read(view ->
        view.certificates()
            .numbered(serial)
            .flatMap(one -> view.device(one.device()).map(device -> status(branch, one, device)))
            .orElseGet(CertificateStatus.Unknown::new));
  }

  private static CertificateStatus status(Branch branch, IssuedCertificate one, Device device) {
    if (Issuing.branch(device.kind()) != branch) return new CertificateStatus.Unknown();
    return Stream.concat(
            one.revokedAt().stream(), device.revoked().map(Device.Revoked::at).stream())
        .min(Comparator.naturalOrder())
        .<CertificateStatus>map(CertificateStatus.Revoked::new)
        .orElseGet(CertificateStatus.Good::new);
  }

  /// The entries of a branch's revocation list.
  public List<RevocationList.Entry> revoked(Branch branch, Instant now) {
    var kind =
        switch (branch) {
          case DEVICE -> Device.Kind.PHONE;
          case PARTNER -> Device.Kind.PARTNER;
          case WORKLOAD -> Device.Kind.WORKLOAD;
        };
    return changes.read(
        view -> view.certificates().revoked(kind, now.minus(RevocationList.GOOD_FOR)));
  }

  /// The newest certificate that counts of the active device with this key.
  public Optional<IssuedCertificate> newest(Sha256 key) {
    var now = changes.time().now();
    return changes.read(view -> of(view, key)).stream()
        .filter(one -> one.countsAt(now))
        .reduce((_, last) -> last);
  }

  /// A certificate of the active device with this key, by its serial number.
  public Optional<IssuedCertificate> own(Sha256 key, String serial) {
    return changes.read(view -> of(view, key)).stream()
        .filter(one -> one.serial().equals(serial))
        .findAny();
  }

  private static List<IssuedCertificate> of(View view, Sha256 key) {
    return view.deviceOfKey(key)
        .filter(Device::active)
        .map(device -> view.certificatesOf(device.id()))
        .orElse(List.of());
  }
}
