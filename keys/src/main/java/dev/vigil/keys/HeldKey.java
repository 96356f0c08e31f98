// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.pki.KeyThumbprint;
import dev.vigil.pki.SigningKey;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import java.util.function.Function;

/// A private key with its certificate, in memory. Not a record: it must not print itself.
final class HeldKey implements Held {

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final Optional<String> kid;

  HeldKey(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
    this.kid =
        certificate.getPublicKey() instanceof ECPublicKey known
            ? Optional.of(KeyThumbprint.of(known).toString())
            : Optional.empty();
  }

  /// A fresh key from the platform's own generator, never from a seed, with the certificate made
  /// for it.
  static HeldKey generate(Function<SigningKey, X509Certificate> certifying) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new HeldKey(
          pair.getPrivate(),
          certifying.apply(new Bare(pair.getPrivate(), (ECPublicKey) pair.getPublic())));
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  static ECPublicKey publicKeyOf(X509Certificate certificate) {
    if (certificate.getPublicKey() instanceof ECPublicKey key) return key;
    throw new IllegalArgumentException("a key of ours is on P-256");
  }

  @Override
  public X509Certificate certificate() {
    return certificate;
  }

  PrivateKey privateKey() {
    return key;
  }

  /// The name of the key in JWTs: its RFC 7638 thumbprint. Only keys on P-256 sign them.
  String kid() {
    return kid.orElseThrow(() -> new IllegalStateException("this key signs no JWTs"));
  }

  @Override
  public ECPublicKey publicKey() {
    return publicKeyOf(certificate);
  }

  @Override
  public byte[] sign(byte[] content) {
    return sign(key, content);
  }

  @Override
  public String toString() {
    return "HeldKey(hidden)";
  }

  private static byte[] sign(PrivateKey key, byte[] content) {
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of ours cannot sign", e);
    }
  }

  /// The key before it has a certificate.
  private static final class Bare implements SigningKey {
    private final PrivateKey key;
    private final ECPublicKey publicKey;

    Bare(PrivateKey key, ECPublicKey publicKey) {
      this.key = key;
      this.publicKey = publicKey;
    }

    @Override
    public ECPublicKey publicKey() {
      return publicKey;
    }

    @Override
    public byte[] sign(byte[] content) {
      return HeldKey.sign(key, content);
    }
  }
}
