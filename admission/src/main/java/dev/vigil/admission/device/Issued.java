// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.kernel.Bytes;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import java.util.List;

/// A device with the certificate that was just issued to it.
///
/// @param chain what the device presents after its own certificate: the intermediate, in DER
/// @param sequence of the commit; tokens for this certificate carry at least this one
public record Issued(
    Device device, IssuedCertificate certificate, List<Bytes> chain, long sequence) {

  public Issued {
    chain = List.copyOf(chain);
  }
}
