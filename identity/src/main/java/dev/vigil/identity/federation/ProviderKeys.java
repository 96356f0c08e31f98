// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.federation;

import com.nimbusds.jose.jwk.JWK;
import java.util.Optional;

/// The keys that a provider publishes (RFC 7517). A port; the fetched and cached set stands behind
/// it.
@FunctionalInterface
public interface ProviderKeys {

  /// The key of this name as the provider publishes it now; empty if there is none.
  Optional<JWK> key(String kid);
}
