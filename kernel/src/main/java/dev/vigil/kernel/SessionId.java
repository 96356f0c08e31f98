// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

/// One subject on one device, and every token and stream that hangs from it. Opaque: `ses_` and 128
/// random bits.
public record SessionId(String value) {

  private static final String PREFIX = "ses_";

  /// @throws IllegalArgumentException if the text is not such an id
  public SessionId {
    Id.checked(PREFIX, value);
  }

  /// A new one.
  public static SessionId random(Entropy entropy) {
    return new SessionId(Id.random(PREFIX, entropy));
  }

  @Override
  public String toString() {
    return value;
  }
}
