// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.identity.oauth.RegisteredClient;

/// A change of what [ClientsView] shows. `put` inserts or replaces.
public interface ClientsTx extends ClientsView {

  void put(RegisteredClient client);

  /// Removes a client with its sign-ins and notices.
  void remove(String client);

  /// Replaces what is known of the session's browser.
  ///
  /// @throws Tx.Conflict if there is no such session
  void put(Browser browser);

  /// @throws Tx.Conflict if there is no such session or client
  void put(SignOn signOn);

  /// @throws Tx.Conflict if there is no such client
  void put(LogoutNotice notice);

  /// The notice was delivered, or given up.
  void remove(LogoutNotice notice);
}
