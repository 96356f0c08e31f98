// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The nonces that proofs of registered clients must carry (RFC 9449 section 8): nothing is kept, a
/// nonce is the MAC of the time it was given in. It changes every two minutes, and the one before
/// still counts.
public final class ProofNonces {

  private static final long SLOT = 120;

  private final SecretKeySpec key;

  /// @param secret of this process; after a restart clients are told a new nonce
  public ProofNonces(Secret secret) {
    this.key = new SecretKeySpec(secret.reveal(), "HmacSHA256");
  }

  /// The nonce to use now.
  public String current(Instant now) {
    return of(Math.floorDiv(now.getEpochSecond(), SLOT));
  }

  /// Whether a proof may still carry this nonce.
  public boolean accepts(String nonce, Instant now) {
    long slot = Math.floorDiv(now.getEpochSecond(), SLOT);
    return same(nonce, of(slot)) || same(nonce, of(slot - 1));
  }

  private String of(long slot) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Bytes.of(mac.doFinal(("dpop-nonce " + slot).getBytes(StandardCharsets.US_ASCII)))
          .toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
