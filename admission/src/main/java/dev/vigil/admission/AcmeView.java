// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.Order;
import java.time.Instant;
import java.util.Optional;

/// What the [Store] knows of ACME accounts, their orders, and the devices that came of them.
public interface AcmeView {

  Optional<Account> account(String id);

  /// The account of a key, deactivated ones included.
  Optional<Account> accountOfKey(Sha256 thumbprint);

  /// By the digest of its name.
  Optional<Order> order(Sha256 id);

  /// How many orders of the account can still be finalized.
  int ordersUnderWay(String account, Instant now);

  /// The device that was enrolled for an identifier.
  Optional<Held> held(Sha256 identifier);

  /// How a device was enrolled; empty if not over ACME.
  Optional<Held> held(DeviceId device);

  /// That an account's order enrolled a device.
  ///
  /// @param identifier the digest of what the order was for
  record Held(Sha256 identifier, String account, DeviceId device) {}
}
