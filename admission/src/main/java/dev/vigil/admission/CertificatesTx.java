// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.Sha256;
import java.time.Instant;

/// Changes of issued certificates.
public interface CertificatesTx extends CertificatesView {

  /// Revokes one certificate for good; it keeps its first time.
  ///
  /// @throws Tx.Conflict if it was not issued
  void revoke(Sha256 thumbprint, Instant at);
}
