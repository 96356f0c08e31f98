// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.acme;

import java.time.Instant;

/// An account (RFC 8555 section 7.1.2): a key that places orders, and nothing else. It may do
/// nothing by itself; rights come with an order's identifier.
///
/// @param at when it was registered
public record Account(String id, AccountKey key, State state, Instant at) {

  /// Whether its requests are answered.
  public enum State {
    VALID,
    /// For good, at its own wish.
    DEACTIVATED
  }

  /// The same account with another key.
  public Account with(AccountKey fresh) {
    return new Account(id, fresh, state, at);
  }

  /// The same account, which is answered no more (RFC 8555 section 7.3.6).
  public Account deactivated() {
    return new Account(id, key, State.DEACTIVATED, at);
  }
}
