// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import dev.vigil.sdk.port.Attestor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Play Integrity as the phone's statement, for organisations that ask for Google's verdict instead
/// of the key store's. The one part is the token as the app's hook got it.
public final class PlayIntegrityAttestor implements Attestor {

  /// The registered name of the form.
  public static final String FORMAT = "play-integrity";

  private static final int LONGEST = 32 * 1024;

  private final PlayIntegrityHook hook;

  public PlayIntegrityAttestor(PlayIntegrityHook hook) {
    this.hook = hook;
  }

  /// A hook that fails, in whatever way, claims nothing.
  @Override
  public Optional<Attestation> attest(byte[] nonce) {
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    return token(text)
        .filter(token -> !token.isBlank() && token.length() <= LONGEST)
        .map(token -> new Attestation(FORMAT, List.of(token.getBytes(StandardCharsets.US_ASCII))));
  }

  // The hook is somebody else's code on top of somebody else's service.
  private Optional<String> token(String nonce) {
    try {
      return hook.token(nonce);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
