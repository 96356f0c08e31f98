// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a signal is about. The label is the name in reports and, prefixed with `device.`, in policies.
public enum SignalName {
  PLATFORM,
  MODEL,
  OS_VERSION,
  PATCH_DATE,
  ROOTED,
  ENCRYPTED,
  SCREEN_LOCK,
  SECURE_BOOT,
  THREAT_LEVEL,
  MANAGED,
  CORPORATE,
  COMPLIANT,
  HARDWARE_KEY;

  /// The name in reports, such as `patch_date`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The signal of this label, if there is one.
  public static Optional<SignalName> find(String label) {
    return Arrays.stream(values()).filter(name -> name.label().equals(label)).findFirst();
  }
}
