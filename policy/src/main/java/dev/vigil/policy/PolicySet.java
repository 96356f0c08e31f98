// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

/// A compiled, immutable set of policies of one version.
public interface PolicySet {

  /// The version, which every decision names.
  long version();

  /// Decides. Never throws: whatever cannot be evaluated is unknown, and unknown never helps the
  /// asker.
  Decision decide(AccessRequest request);
}
