// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import java.util.Optional;
import java.util.regex.Pattern;

/// A provisioned group. Opaque: `grp_` and 128 random bits.
public record GroupId(String value) {

  private static final Pattern FORM = Pattern.compile("grp_[A-Za-z0-9_-]{22}");

  /// @throws IllegalArgumentException if the text is not such an id
  public GroupId {
    if (!FORM.matcher(value).matches())
      throw new IllegalArgumentException("this is not the id of a group");
  }

  /// A new one.
  static GroupId random(Entropy entropy) {
    return new GroupId("grp_" + Bytes.of(entropy.bytes(16)));
  }

  /// The id that was typed; empty if it is none.
  static Optional<GroupId> of(String typed) {
    return FORM.matcher(typed).matches() ? Optional.of(new GroupId(typed)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
