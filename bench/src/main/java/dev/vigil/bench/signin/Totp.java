// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The one-time codes of an authenticator app: six digits, thirty seconds, HMAC-SHA-1 (RFC 6238).
/// For people at a peer; Vigil has none.
final class Totp {

  /// How long a code is shown.
  static final int PERIOD_SECONDS = 30;

  private final SecretKeySpec key;

  Totp(byte[] secret) {
    this.key = new SecretKeySpec(secret, "HmacSHA1");
  }

  /// The code at this time.
  String at(Instant now) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(key);
      byte[] hash =
          mac.doFinal(
              ByteBuffer.allocate(Long.BYTES)
                  .putLong(now.getEpochSecond() / PERIOD_SECONDS)
                  .array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }
}
