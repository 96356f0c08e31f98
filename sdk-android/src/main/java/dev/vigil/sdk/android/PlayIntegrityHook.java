// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import java.io.IOException;
import java.util.Optional;

/// Asks Google Play for an integrity token. A hook: Google's library is the app's to bundle, and
/// the guide shows the ten lines that are needed.
@FunctionalInterface
public interface PlayIntegrityHook {

  /// A token of a classic request.
  ///
  /// @param nonce goes into `setNonce` as it is: base64url of the server's challenge
  /// @return the token, or empty if this phone has no Google Play
  Optional<String> token(String nonce) throws IOException;
}
