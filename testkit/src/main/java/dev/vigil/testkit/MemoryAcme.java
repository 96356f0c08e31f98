// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.AcmeTx;
import dev.vigil.admission.Tx;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.Order;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// ACME accounts and orders in a [MemoryState].
final class MemoryAcme implements AcmeTx {

  private final MemoryView view;

  MemoryAcme(MemoryView view) {
    this.view = view;
  }

  /// Its part of the state.
  static final class State {
    final Map<String, Account> accounts = new LinkedHashMap<>();
    final Map<Sha256, Order> orders = new LinkedHashMap<>();
    final Map<Sha256, Held> held = new LinkedHashMap<>();

    void addAll(State other) {
      accounts.putAll(other.accounts);
      orders.putAll(other.orders);
      held.putAll(other.held);
    }
  }

  private State state() {
    return view.open().acme;
  }

  @Override
  public Optional<Account> account(String id) {
    return Optional.ofNullable(state().accounts.get(id));
  }

  @Override
  public Optional<Account> accountOfKey(Sha256 thumbprint) {
    return state().accounts.values().stream()
        .filter(one -> one.key().thumbprint().equals(thumbprint))
        .findFirst();
  }

  @Override
  public Optional<Order> order(Sha256 id) {
    return Optional.ofNullable(state().orders.get(id));
  }

  @Override
  public int ordersUnderWay(String account, Instant now) {
    return (int)
        state().orders.values().stream()
            .filter(one -> one.account().equals(account) && now.isBefore(one.expiresAt()))
            .filter(one ->
                one.progress() instanceof Order.Progress.Pending
                    || one.progress() instanceof Order.Progress.Ready)
            .count();
  }

  @Override
  public Optional<Held> held(Sha256 identifier) {
    return Optional.ofNullable(state().held.get(identifier));
  }

  @Override
  public Optional<Held> held(DeviceId device) {
    return state().held.values().stream().filter(one -> one.device().equals(device)).findFirst();
  }

  @Override
  public void put(Account account) {
    var known = accountOfKey(account.key().thumbprint());
    if (known.filter(one -> !one.id().equals(account.id())).isPresent())
      throw new Tx.Conflict("another account has this key");
    state().accounts.put(account.id(), account);
  }

  @Override
  public void put(Order order) {
    if (account(order.account()).isEmpty()) throw new Tx.Conflict("there is no such account");
    state().orders.put(order.id(), order);
  }

  @Override
  public void put(Held held) {
    if (account(held.account()).isEmpty() || view.device(held.device()).isEmpty())
      throw new Tx.Conflict("there is no such account or device");
    state().held.put(held.identifier(), held);
  }

  @Override
  public int forget(Instant before) {
    int all = state().orders.size() + state().accounts.size();
    state().orders.values().removeIf(one -> one.expiresAt().isBefore(before));
    state().accounts.values().removeIf(one -> one.at().isBefore(before) && !used(one.id()));
    return all - state().orders.size() - state().accounts.size();
  }

  private boolean used(String account) {
    return state().orders.values().stream().anyMatch(one -> one.account().equals(account))
        || state().held.values().stream().anyMatch(one -> one.account().equals(account));
  }
}
