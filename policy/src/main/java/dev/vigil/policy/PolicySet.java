// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.util.Set;

/// A compiled, immutable set of policies of one version.
public interface PolicySet {

  /// The version, which every decision names.
  long version();

  /// Decides. Never throws: whatever cannot be evaluated is unknown, and unknown never helps the
  /// asker.
  Decision decide(AccessRequest request);

  /// Whether the request could be let in once more is known of it: the subject, the device, the
  /// network. For asking, before anybody has signed in, which authentications could be enough. Cost
  /// follows the size of the set; not for the path of requests.
  boolean conceivable(AccessRequest request);

  /// The facts that any rule mentions, those included that are only reported on. Cost follows the
  /// size of the set; not for the path of requests.
  Set<Fact> mentioned();
}
