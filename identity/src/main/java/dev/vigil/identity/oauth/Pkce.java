// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Proof key for code exchange, S256 only (RFC 7636).
public final class Pkce {

  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  private Pkce() {}

  /// Whether the verifier is well formed and the challenge was made from it.
  public static boolean fits(String verifier, Sha256 challenge) {
    return VERIFIER.matcher(verifier).matches()
        && Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)).equals(challenge);
  }
}
