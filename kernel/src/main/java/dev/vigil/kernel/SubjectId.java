// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

/// A person or a workload. Opaque: `sub_` and 128 random bits.
public record SubjectId(String value) {

  private static final String PREFIX = "sub_";

  /// @throws IllegalArgumentException if the text is not such an id
  public SubjectId {
    Id.checked(PREFIX, value);
  }

  /// A new one.
  public static SubjectId random(Entropy entropy) {
    return new SubjectId(Id.random(PREFIX, entropy));
  }

  @Override
  public String toString() {
    return value;
  }
}
