// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import java.util.Locale;

/// Which intermediate issues a client certificate; each can issue only names of its own branch.
public enum Branch {
  /// Phones.
  DEVICE,
  /// Partners' machines.
  PARTNER,
  /// Workloads.
  WORKLOAD;

  /// The organisational unit in names, such as `device`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
