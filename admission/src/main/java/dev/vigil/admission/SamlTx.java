// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.identity.saml.RegisteredProvider;

/// A change of what [SamlView] shows. `put` inserts or replaces.
public interface SamlTx extends SamlView {

  /// @throws Tx.Conflict if another provider has the entity ID
  void put(RegisteredProvider provider);

  /// Removes a provider with its sign-ins.
  void removeProvider(String id);

  /// Replaces the sign-in of the same session at the same provider.
  ///
  /// @throws Tx.Conflict if there is no such session or provider
  void put(SamlSignOn signOn);
}
