// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.AcmeView;
import dev.vigil.admission.AcmeView.Held;
import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.AccountKey;
import dev.vigil.pki.acme.Order;
import dev.vigil.pki.acme.Order.Progress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.OptionalAssert;

/// What every store keeps of ACME accounts and orders. Run by [StoreContract].
final class AcmeContract {

  private final Store store;
  private final Scene scene;

  AcmeContract(Store store, Scene scene) {
    this.store = store;
    this.scene = scene;
  }

  private void change(Consumer<Tx> body) {
    store.change(tx -> {
      body.accept(tx);
      return true;
    });
  }

  private <T> OptionalAssert<T> one(Function<AcmeView, Optional<T>> query) {
    Optional<T> answer = store.read(view -> query.apply(view.acme()));
    return assertThat(answer);
  }

  private Account account(String id) {
    return new Account(
        id, new AccountKey(scene.digest(), "{\"kty\":\"EC\"}"), Account.State.VALID, Scene.NOON);
  }

  private Order order(Account of) {
    return new Order(
        scene.digest(),
        of.id(),
        new Order.Identifier(scene.digest(), Bytes.of(scene.bytes(60))),
        "token",
        Optional.empty(),
        Scene.NOON.plusSeconds(3600),
        new Progress.Pending());
  }

  void check() {
    var first = account("first");
    var second = account("second");
    change(tx -> tx.acme().put(first));
    change(tx -> tx.acme().put(second));
    one(v -> v.account("first")).contains(first);
    one(v -> v.account("FIRST")).isEmpty();
    one(v -> v.accountOfKey(second.key().thumbprint())).contains(second);
    var thief = new Account("thief", first.key(), Account.State.VALID, Scene.NOON);
    assertThatThrownBy(() -> change(tx -> tx.acme().put(thief))).isInstanceOf(Tx.Conflict.class);
    change(tx -> tx.acme().put(second.deactivated()));
    one(v -> v.account("second")).contains(second.deactivated());
    orders(first);
    devices(first);
    forgetting(first);
  }

  private void orders(Account account) {
    var order = order(account);
    change(tx -> tx.acme().put(order));
    one(v -> v.order(order.id())).contains(order);
    assertThat(underWay(account)).isEqualTo(1);
    var ready = kept(order.attested(scene.digest(), "{\"signals\":[]}", Scene.NOON));
    assertThat(underWay(account)).isEqualTo(1);
    change(tx -> tx.acme().put(ready.issued(List.of(Bytes.of(scene.bytes(700))))));
    one(v -> v.order(order.id()).map(Order::progress)).containsInstanceOf(Progress.Issued.class);
    assertThat(underWay(account)).isZero();
    kept(order(account).failed("attestation.revoked", "the vendor ... 😀", Scene.NOON));
    kept(order(account).abandoned(Scene.NOON));
    var nobody = order(account("nobody"));
    assertThatThrownBy(() -> change(tx -> tx.acme().put(nobody))).isInstanceOf(Tx.Conflict.class);
  }

  private int underWay(Account account) {
    return store.read(view -> view.acme().ordersUnderWay(account.id(), Scene.NOON));
  }

  private Order kept(dev.vigil.kernel.Outcome<Order> outcome) {
    if (!(outcome instanceof dev.vigil.kernel.Outcome.Done<Order>(Order order)))
      throw new AssertionError(outcome);
    change(tx -> tx.acme().put(order));
    one(v -> v.order(order.id())).contains(order);
    return order;
  }

  private void devices(Account account) {
    var owner = scene.person("alice-of-acme@bank.example");
    var phone = scene.phone(owner);
    change(tx -> tx.put(owner));
    change(tx -> tx.put(phone));
    var held = new Held(scene.digest(), account.id(), phone.id());
    change(tx -> tx.acme().put(held));
    change(tx -> tx.acme().put(held));
    one(v -> v.held(held.identifier())).contains(held);
    one(v -> v.held(phone.id())).contains(held);
    one(v -> v.held(scene.digest())).isEmpty();
    var nobody = new Held(scene.digest(), account.id(), DeviceId.random(scene));
    assertThatThrownBy(() -> change(tx -> tx.acme().put(nobody))).isInstanceOf(Tx.Conflict.class);
    var renewal =
        new Order(
            scene.digest(),
            account.id(),
            new Order.Identifier(held.identifier(), Bytes.of(scene.bytes(60))),
            "token",
            Optional.of(phone.id()),
            Scene.NOON.plusSeconds(3600),
            new Progress.Pending());
    change(tx -> tx.acme().put(renewal));
    one(v -> v.order(renewal.id())).contains(renewal);
  }

  /// The account with a device stays, the one that came to nothing goes.
  private void forgetting(Account account) {
    var order = order(account);
    change(tx -> tx.acme().put(order));
    assertThat(store.<Integer>change(tx -> tx.acme().forget(Scene.NOON))).isZero();
    store.<Integer>change(tx -> tx.acme().forget(Scene.NOON.plusSeconds(86_400)));
    one(v -> v.order(order.id())).isEmpty();
    one(v -> v.account("second")).isEmpty();
    one(v -> v.account("first")).contains(account);
  }
}
