// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import java.util.Optional;

/// Verifies access tokens (RFC 9068) that are bound to a certificate. A port: the keys are held
/// elsewhere.
public interface AccessTokens {

  /// Checks signature, type, issuer and audience; expiry, session and certificate are checked at
  /// every use by [Decider]. Empty if anything is wrong; never throws.
  Optional<AccessToken> verify(String compact);

  /// Changes when keys are rotated away, so that caches of verified tokens are dropped.
  long keyEpoch();
}
