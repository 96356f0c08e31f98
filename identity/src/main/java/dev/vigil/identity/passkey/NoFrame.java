// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.verifier.exception.CrossOriginException;
import org.jspecify.annotations.Nullable;

/// Our pages are in nobody's frame, so an answer that was given in one is refused, whatever its top
/// origin (WebAuthn Level 3, section 7.1 steps 10 and 11, section 7.2 steps 13 and 14).
final class NoFrame {

  private NoFrame() {}

  static void check(@Nullable CollectedClientData client) {
    if (client == null) return;
    if (Boolean.TRUE.equals(client.getCrossOrigin()) || client.getTopOrigin() != null)
      throw new CrossOriginException("given in a frame");
  }
}
