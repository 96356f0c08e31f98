// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.acme;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What the addresses of an order carry. Only the client knows it; the store knows its digest. It
/// opens the identifier that the order is for, so that the store alone does not: an identifier is
/// worth a certificate until it is spent.
public final class OrderName {

  private static final int BYTES = 24;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int LENGTH = 32;

  private final String text;

  private OrderName(String text) {
    this.text = text;
  }

  /// A fresh name.
  public static OrderName random(Entropy entropy) {
    return new OrderName(
        Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(BYTES)));
  }

  /// The name in an address; empty if it cannot be one.
  public static Optional<OrderName> parse(String text) {
    boolean fits =
        text.length() == LENGTH
            && text.chars()
                .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
    return fits ? Optional.of(new OrderName(text)) : Optional.empty();
  }

  /// For an address, and nothing else.
  public String reveal() {
    return text;
  }

  /// By which the store knows it.
  public Sha256 digest() {
    return Sha256.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// An identifier that only this name opens (AES-256-GCM).
  public Order.Identifier seal(String identifier, Entropy entropy) {
    byte[] nonce = entropy.bytes(NONCE);
    byte[] plain = identifier.getBytes(StandardCharsets.UTF_8);
    byte[] closed = run(Cipher.ENCRYPT_MODE, nonce, plain);
    byte[] whole = Arrays.copyOf(nonce, NONCE + closed.length);
    System.arraycopy(closed, 0, whole, NONCE, closed.length);
    return new Order.Identifier(Sha256.of(plain), Bytes.of(whole));
  }

  /// The identifier that was sealed with this name.
  ///
  /// @throws IllegalStateException if it was sealed with another
  public String open(Order.Identifier identifier) {
    byte[] whole = identifier.sealed().toArray();
    byte[] nonce = Arrays.copyOf(whole, NONCE);
    byte[] closed = Arrays.copyOfRange(whole, NONCE, whole.length);
    return new String(run(Cipher.DECRYPT_MODE, nonce, closed), StandardCharsets.UTF_8);
  }

  private byte[] run(int mode, byte[] nonce, byte[] input) {
    try {
      var key = Sha256.of(("acme identifier " + text).getBytes(StandardCharsets.US_ASCII));
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the identifier was sealed with another name", e);
    }
  }

  @Override
  public String toString() {
    return "OrderName[hidden]";
  }
}
