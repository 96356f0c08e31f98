// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

/// One decision, the reference that a refused person can quote. Opaque: `dec_` and 128 random bits.
public record DecisionId(String value) {

  private static final String PREFIX = "dec_";

  /// @throws IllegalArgumentException if the text is not such an id
  public DecisionId {
    Id.checked(PREFIX, value);
  }

  /// A new one.
  public static DecisionId random(Entropy entropy) {
    return new DecisionId(Id.random(PREFIX, entropy));
  }

  @Override
  public String toString() {
    return value;
  }
}
