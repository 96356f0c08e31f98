// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

import java.util.Arrays;
import java.util.Base64;

/// Immutable bytes with equality, for records that carry encoded things such as a certificate's
/// DER.
public final class Bytes {

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /// A copy of these bytes.
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /// The bytes written in base64url without padding.
  ///
  /// @throws IllegalArgumentException if the text is not base64url
  public static Bytes parse(String base64url) {
    return new Bytes(Base64.getUrlDecoder().decode(base64url));
  }

  /// A copy of the bytes.
  public byte[] toArray() {
    return content.clone();
  }

  public int size() {
    return content.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /// Base64url without padding.
  @Override
  public String toString() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
  }
}
