// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.federation;

/// Proves to a provider who asks, with a key of ours (RFC 7523 section 2.2, `private_key_jwt`). A
/// port; the key ring stands behind it.
@FunctionalInterface
public interface ClientAssertions {

  /// A fresh signed assertion.
  ///
  /// @param audience the provider's issuer or token endpoint
  String assertion(String clientId, String audience);
}
