// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

/// What a condition is for; it settles where evidence predicates may stand.
enum Purpose {
  /// A permit's `who` or a requirement: the more is true, the more is granted.
  GRANTS,
  /// The `when` of a guard or forbid: the more is true, the less is granted.
  LIMITS,
  /// A named level: settled where it is used.
  NAMED
}
