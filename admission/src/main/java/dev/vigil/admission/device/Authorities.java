// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.pki.Authority;
import dev.vigil.pki.Branch;

/// Where the intermediates are. A port: the keys are held elsewhere, and may be rotated at any
/// time.
@FunctionalInterface
public interface Authorities {

  /// The intermediate that issues for this branch now.
  Authority authority(Branch branch);
}
