// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.CertificatesTx;
import dev.vigil.admission.Tx.Conflict;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.pki.RevocationList;
import dev.vigil.posture.Device;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Issued certificates by their numbers in a [MemoryState].
final class MemoryCertificates implements CertificatesTx {

  private final MemoryView view;

  MemoryCertificates(MemoryView view) {
    this.view = view;
  }

  @Override
  public Optional<IssuedCertificate> numbered(String serial) {
    return view.open().certificates.values().stream()
        .filter(one -> one.serial().equals(serial))
        .findFirst();
  }

  @Override
  public List<RevocationList.Entry> revoked(Device.Kind kind, Instant endingAfter) {
    return view.open().certificates.values().stream()
        .filter(one -> one.notAfter().isAfter(endingAfter))
        .flatMap(
            one -> view.device(one.device()).flatMap(device -> entry(one, device, kind)).stream())
        .toList();
  }

  private static Optional<RevocationList.Entry> entry(
      IssuedCertificate one, Device device, Device.Kind kind) {
    return Stream.concat(
            one.revokedAt().stream(), device.revoked().map(Device.Revoked::at).stream())
        .filter(_ -> device.kind() == kind)
        .min(Comparator.naturalOrder())
        .map(at -> new RevocationList.Entry(one.serial(), at));
  }

  @Override
  public void revoke(Sha256 thumbprint, Instant at) {
    if (view.certificate(thumbprint).isEmpty())
      throw new Conflict("the certificate was not issued");
    view.open().certificates.computeIfPresent(thumbprint, (_, one) -> one.revoke(at));
  }

  @Override
  public List<DeviceId> end(Device.Kind kind, Instant at) {
    var ended =
        view.open().certificates.values().stream()
            .filter(one -> !one.notBefore().isAfter(at) && one.notAfter().isAfter(at))
            .filter(one -> view.device(one.device()).filter(its -> its.kind() == kind).isPresent())
            .map(one -> one.endingAt(at))
            .toList();
    ended.forEach(one -> view.open().certificates.put(one.thumbprint(), one));
    return ended.stream()
        .map(IssuedCertificate::device)
        .distinct()
        .sorted(Comparator.comparing(DeviceId::value))
        .toList();
  }
}
