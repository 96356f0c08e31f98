// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import java.util.Optional;

/// Verifies the DPoP-bound access tokens that are used at the API. A port: the keys are held
/// elsewhere.
@FunctionalInterface
public interface ApiTokens {

  /// Checks signature, type, issuer, audience, expiry and that it is bound to a key. The caller
  /// still checks the DPoP proof against the binding, and the session. Empty if anything is wrong;
  /// never throws.
  Optional<TokenClaims> verify(String compact);
}
