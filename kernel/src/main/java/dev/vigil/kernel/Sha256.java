// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// A SHA-256 digest: a certificate's thumbprint (RFC 8705 `x5t#S256`), a key's thumbprint (RFC
/// 7638), the name under which the store knows a secret.
public final class Sha256 {

  private static final int LENGTH = 32;

  private final byte[] bytes;

  private Sha256(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The digest of the given content.
  public static Sha256 of(byte[] content) {
    try {
      return new Sha256(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// The digest that these 32 bytes are.
  ///
  /// @throws IllegalArgumentException if there are not exactly 32 bytes
  public static Sha256 ofDigest(byte[] digest) {
    if (digest.length != LENGTH)
      throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + digest.length);
    return new Sha256(digest.clone());
  }

  /// The digest written in base64url without padding, as JWTs carry it.
  ///
  /// @throws IllegalArgumentException if the text is not 32 bytes of base64url
  public static Sha256 parse(String base64url) {
    return ofDigest(Base64.getUrlDecoder().decode(base64url));
  }

  /// The 32 bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sha256 digest && MessageDigest.isEqual(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// Base64url without padding.
  @Override
  public String toString() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
