// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

import java.security.MessageDigest;

/// Bytes that must not be seen: hidden in `toString`, compared in constant time, opened by one
/// searchable method.
public final class Secret {

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A secret of a copy of these bytes.
  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /// A new secret of 256 bits.
  public static Secret random(Entropy entropy) {
    return new Secret(entropy.bytes(32));
  }

  /// A copy of what is inside. Every call of this method is a place to review.
  public byte[] reveal() {
    return bytes.clone();
  }

  /// The digest under which a store may know this secret without holding it.
  public Sha256 digest() {
    return Sha256.of(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  @Override
  public int hashCode() {
    return digest().hashCode();
  }

  @Override
  public String toString() {
    return "Secret(hidden)";
  }
}
