// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

/// One security event. Opaque: `evt_` and 128 random bits.
public record EventId(String value) {

  private static final String PREFIX = "evt_";

  /// @throws IllegalArgumentException if the text is not such an id
  public EventId {
    Id.checked(PREFIX, value);
  }

  /// A new one.
  public static EventId random(Entropy entropy) {
    return new EventId(Id.random(PREFIX, entropy));
  }

  @Override
  public String toString() {
    return value;
  }
}
