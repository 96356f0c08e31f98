// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.Order;
import java.time.Instant;

/// A change of what [AcmeView] shows. `put` inserts or replaces.
public interface AcmeTx extends AcmeView {

  /// @throws Tx.Conflict if another account has the key
  void put(Account account);

  /// @throws Tx.Conflict if there is no such account
  void put(Order order);

  /// Replaces the device of the same identifier.
  ///
  /// @throws Tx.Conflict if there is no such account or device
  void put(Held held);

  /// Removes orders that expired before this, and accounts registered before it that have neither
  /// an order nor a device; returns how many of both.
  int forget(Instant before);
}
