// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

/// What a fact is about. The lower-case name is the first part of a fact's name in an expression.
public enum Entity {
  SUBJECT,
  AUTHENTICATION,
  DEVICE,
  CONNECTION,
  NETWORK,
  RISK,
  APP,
  REQUEST;

  /// The name in expressions, such as `device`.
  public String prefix() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
