// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How much harm an app can do in wrong hands, least first.
public enum Sensitivity {
  LOW,
  NORMAL,
  HIGH,
  CRITICAL;

  /// The name in policies, JSON and on the command line.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The sensitivity of this label, if there is one.
  public static Optional<Sensitivity> find(String label) {
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
  }
}
