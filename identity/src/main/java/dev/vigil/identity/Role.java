// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity;

import java.util.Locale;

/// What an administrator may do.
public enum Role {
  /// Everything.
  ADMINISTRATOR,
  /// Everything, in an emergency: only at the command line, with a hardware key, and never an app.
  /// At most two people, and each use is an alarm.
  BREAK_GLASS,
  /// Reads all, changes policies and apps.
  POLICY_AUTHOR,
  /// Explains refusals, ends sessions, revokes devices; never changes policy.
  HELP_DESK,
  /// Reads all, changes nothing.
  AUDITOR;

  /// The name in JSON and on the command line, such as `policy-author`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
