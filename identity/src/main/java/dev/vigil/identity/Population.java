// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity;

import java.util.Locale;

/// Which population a subject belongs to.
public enum Population {
  EMPLOYEE,
  CUSTOMER,
  PARTNER,
  WORKLOAD,
  AGENT;

  /// The name in policies, JSON and the command line, such as `employee`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
