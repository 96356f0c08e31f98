// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

/// A phone or another enrolled device. Opaque: `dev_` and 128 random bits.
public record DeviceId(String value) {

  private static final String PREFIX = "dev_";

  /// @throws IllegalArgumentException if the text is not such an id
  public DeviceId {
    Id.checked(PREFIX, value);
  }

  /// A new one.
  public static DeviceId random(Entropy entropy) {
    return new DeviceId(Id.random(PREFIX, entropy));
  }

  @Override
  public String toString() {
    return value;
  }
}
