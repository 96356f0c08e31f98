// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.scim;

import java.util.Optional;

/// The name of an attribute as it was written: `userName`, `name.familyName`, or with a schema's
/// URN and a colon before it (RFC 7644 section 3.10).
///
/// @param schema the URN; empty if none was written
public record AttributePath(Optional<String> schema, String name, Optional<String> sub) {

  /// As it is written.
  @Override
  public String toString() {
    return schema.map(urn -> urn + ":").orElse("") + name + sub.map(one -> "." + one).orElse("");
  }
}
