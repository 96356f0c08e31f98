// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.play;

import dev.vigil.kernel.Bytes;

/// What a token was asked for.
public sealed interface PlayRequest {

  /// A classic request: bytes that the server gave out, once.
  record Nonce(Bytes value) implements PlayRequest {}

  /// A standard request: a digest of what the app is about to do, which must cover something that
  /// the server gave out, once.
  record RequestHash(String value) implements PlayRequest {}
}
