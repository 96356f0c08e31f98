// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.acme;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;

/// Nonces against replay (RFC 8555 section 6.5): each is good once and for an hour. Memory is
/// bounded: of more than it holds, the oldest is forgotten, and its client is told to take a fresh
/// one, as after a restart.
public final class Nonces {

  private static final int MOST = 50_000;
  private static final int BYTES = 16;
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final LinkedHashMap<String, Instant> open = new LinkedHashMap<>();

  /// A fresh one.
  public synchronized String next(Entropy entropy, Instant now) {
    String nonce = Bytes.of(entropy.bytes(BYTES)).toString();
    open.put(nonce, now.plus(LIFETIME));
    if (open.size() > MOST) open.pollFirstEntry();
    return nonce;
  }

  /// Whether the nonce was given, is not too old, and was not used: now it is.
  public synchronized boolean spend(String nonce, Instant now) {
    var until = open.remove(nonce);
    return until != null && now.isBefore(until);
  }
}
