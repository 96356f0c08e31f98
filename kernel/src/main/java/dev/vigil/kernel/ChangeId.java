// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

/// One change that waits for a second person. Opaque: `chg_` and 128 random bits.
public record ChangeId(String value) {

  private static final String PREFIX = "chg_";

  /// @throws IllegalArgumentException if the text is not such an id
  public ChangeId {
    Id.checked(PREFIX, value);
  }

  /// A new one.
  public static ChangeId random(Entropy entropy) {
    return new ChangeId(Id.random(PREFIX, entropy));
  }

  @Override
  public String toString() {
    return value;
  }
}
