// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.vigil.kernel.Sha256;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/// The name of a public key everywhere: its RFC 7638 thumbprint.
public final class KeyThumbprint {

  private KeyThumbprint() {}

  /// Of a key on P-256 or P-384, or of an RSA key.
  ///
  /// @throws IllegalArgumentException if it is of another kind, or ill-made
  public static Sha256 of(PublicKey key) {
    return switch (key) {
      case ECPublicKey point -> of(point);
      case RSAPublicKey modulus -> of(modulus);
      default -> throw new IllegalArgumentException("a key is elliptic or RSA");
    };
  }

  /// Of an RSA key, whatever its size.
  private static Sha256 of(RSAPublicKey key) {
    try {
      return Sha256.ofDigest(new RSAKey.Builder(key).build().computeThumbprint().decode());
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Of a key on P-256 or P-384.
  ///
  /// @throws IllegalArgumentException if the key is on another curve, or its point on none
  public static Sha256 of(ECPublicKey key) {
    var curve = Curve.forECParameterSpec(key.getParams());
    if (!Curve.P_256.equals(curve) && !Curve.P_384.equals(curve))
      throw new IllegalArgumentException("a key is on P-256 or P-384");
    try {
      return Sha256.ofDigest(new ECKey.Builder(curve, key).build().computeThumbprint().decode());
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("the point is not on the curve", e);
    }
  }
}
