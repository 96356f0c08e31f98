// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.port;

import java.util.Arrays;

/// The content of a message, whole and unchangeable. Its bytes are not shown.
public final class Body {

  /// No content.
  public static final Body EMPTY = new Body(new byte[0]);

  private final byte[] bytes;

  private Body(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A copy of these bytes.
  public static Body of(byte[] bytes) {
    return new Body(bytes.clone());
  }

  /// A copy of the bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Body body && Arrays.equals(bytes, body.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Body(" + bytes.length + " bytes)";
  }
}
