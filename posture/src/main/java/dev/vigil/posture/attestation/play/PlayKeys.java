// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.play;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import dev.vigil.posture.attestation.TrustRoot;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;

/// The two keys of an app's tokens, as the Play Console gives them out.
///
/// @param root whose they are: [TrustRoot#TEST] for keys that somebody made for development
/// @param decryption a key of AES with 256 bits
/// @param verification a public key of P-256
public record PlayKeys(TrustRoot root, Secret decryption, ECPublicKey verification) {

  private static final int AES_BYTES = 32;
  private static final int P256_BITS = 256;

  /// @throws IllegalArgumentException if a key is of another kind
  public PlayKeys {
    if (decryption.reveal().length != AES_BYTES)
      throw new IllegalArgumentException("the decryption key has 32 bytes");
    if (verification.getParams().getCurve().getField().getFieldSize() != P256_BITS)
      throw new IllegalArgumentException("the verification key is one of P-256");
  }

  /// @param spki the verification key in DER
  /// @throws IllegalArgumentException if a key is of another kind
  public static PlayKeys of(TrustRoot root, Secret decryption, Bytes spki) {
    try {
      var key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki.toArray()));
      return new PlayKeys(root, decryption, (ECPublicKey) key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the verification key cannot be read", e);
    }
  }
}
