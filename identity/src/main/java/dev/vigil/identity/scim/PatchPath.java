// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.scim;

import java.util.Optional;

/// Where a PATCH operation points (RFC 7644 figure 7): an attribute, some of its values, and
/// perhaps one sub-attribute of them.
///
/// @param attribute with a sub-attribute only if there is no value filter
/// @param values which values of the attribute; empty for all
/// @param sub after the brackets, as in `emails[type eq "work"].value`
public record PatchPath(AttributePath attribute, Optional<Filter> values, Optional<String> sub) {

  /// The sub-attribute, wherever it was written.
  public Optional<String> part() {
    return sub.or(attribute::sub);
  }
}
