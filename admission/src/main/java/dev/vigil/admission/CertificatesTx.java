// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.Device;
import java.time.Instant;
import java.util.List;

/// Changes of issued certificates.
public interface CertificatesTx extends CertificatesView {

  /// Revokes one certificate for good; it keeps its first time.
  ///
  /// @throws Tx.Conflict if it was not issued
  void revoke(Sha256 thumbprint, Instant at);

  /// Ends every certificate of devices of this kind that was issued until `at` and would outlive
  /// it: from then on it is as if it had expired. Returns whose they were, each device once.
  List<DeviceId> end(Device.Kind kind, Instant at);
}
