// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.admission.feed.FeedClaim;
import dev.vigil.admission.feed.FeedLink;
import dev.vigil.admission.feed.FeedLink.How;
import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.feed.FeedsView;
import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.kernel.DeviceId;
import dev.vigil.posture.Device;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.OptionalAssert;

/// What every store keeps of feeds. Run by [StoreContract].
final class FeedsContract {

  private final Store store;
  private final Scene scene;

  FeedsContract(Store store, Scene scene) {
    this.store = store;
    this.scene = scene;
  }

  private void change(Consumer<Tx> body) {
    store.change(tx -> {
      body.accept(tx);
      return true;
    });
  }

  private <T> OptionalAssert<T> one(Function<FeedsView, Optional<T>> query) {
    Optional<T> answer = store.read(view -> query.apply(view.feeds()));
    return assertThat(answer);
  }

  private <T> ListAssert<T> all(Function<FeedsView, List<T>> query) {
    List<T> answer = store.read(view -> query.apply(view.feeds()));
    return assertThat(answer);
  }

  void check() {
    states();
    links();
    claims();
  }

  private void states() {
    var fresh = FeedState.fresh("intune", Scene.NOON);
    var other = FeedState.fresh("airwatch", Scene.NOON);
    change(tx -> tx.feeds().put(fresh));
    change(tx -> tx.feeds().put(other));
    var later =
        new FeedState(
            "intune",
            Scene.NOON,
            Optional.of("cursor ü"),
            Optional.of(Scene.NOON.plusSeconds(1)),
            Optional.of(Scene.NOON.plusSeconds(2)),
            Optional.of(Scene.NOON.plusSeconds(3)),
            Optional.of(new FeedState.Failure(Reason.THROTTLED, "asked too often", 3)),
            Optional.of(Scene.NOON.plusSeconds(4)),
            new FeedState.Counts(100_000, 3, 4, 5, 6),
            Optional.of(Scene.NOON.plusSeconds(5)));
    change(tx -> tx.feeds().put(later));
    one(v -> v.state("intune")).contains(later);
    one(v -> v.state("Intune")).isEmpty();
    all(FeedsView::states).containsExactly(later, other);
    var wide = FeedState.fresh("f".repeat(65), Scene.NOON);
    assertThatThrownBy(() -> change(tx -> tx.feeds().put(wide)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Device phone(String owner) {
    var person = scene.person(owner);
    var phone = scene.phone(person);
    change(tx -> tx.put(person));
    change(tx -> tx.put(phone));
    return phone;
  }

  private static FeedLink link(String feed, String id, DeviceId device) {
    return new FeedLink(feed, id, Optional.of(device), How.KEY, Scene.NOON);
  }

  private void links() {
    var phone = phone("alice-of-feeds@bank.example").id();
    var a = link("intune", "a", phone);
    var b = new FeedLink("intune", "b", Optional.empty(), How.CONTESTED, Scene.NOON);
    var c = new FeedLink("intune", "c", Optional.empty(), How.CONTESTED, Scene.NOON);
    var elsewhere = link("airwatch", "a", phone);
    change(tx -> List.of(c, a, b, elsewhere).forEach(tx.feeds()::put));
    one(v -> v.link("intune", "a")).contains(a);
    one(v -> v.link("intune", "A")).isEmpty();
    all(v -> v.linksOf(phone)).containsExactlyInAnyOrder(a, elsewhere);
    all(v -> v.links("intune", "", 2)).containsExactly(a, b);
    all(v -> v.links("intune", "b", 2)).containsExactly(c);
    assertThatThrownBy(() -> change(tx -> tx.feeds().put(link("intune", "b", phone))))
        .isInstanceOf(Tx.Conflict.class);
    assertThatThrownBy(
            () -> change(tx -> tx.feeds().put(link("intune", "d", DeviceId.random(scene)))))
        .isInstanceOf(Tx.Conflict.class);
    change(tx -> tx.feeds().removeLink("intune", "a"));
    change(tx -> tx.feeds().put(link("intune", "b", phone)));
    one(v -> v.link("intune", "b")).contains(link("intune", "b", phone));
    one(v -> v.link("airwatch", "a")).contains(elsewhere);
  }

  private void claims() {
    var phone = phone("bob-of-feeds@bank.example").id();
    var second = phone("carol-of-feeds@bank.example").id();
    var first = new FeedClaim("intune", "x", phone, Scene.NOON);
    var same = new FeedClaim("intune", "x", second, Scene.NOON);
    change(tx -> tx.feeds().put(first));
    change(tx -> tx.feeds().put(same));
    all(v -> v.claims("intune", "x")).containsExactly(first, same);
    one(v -> v.claim("intune", phone)).contains(first);
    var changed = new FeedClaim("intune", "y", phone, Scene.NOON.plusSeconds(1));
    change(tx -> tx.feeds().put(changed));
    all(v -> v.claims("intune", "x")).containsExactly(same);
    one(v -> v.claim("intune", phone)).contains(changed);
    one(v -> v.claim("airwatch", phone)).isEmpty();
    var nobody = new FeedClaim("intune", "x", DeviceId.random(scene), Scene.NOON);
    assertThatThrownBy(() -> change(tx -> tx.feeds().put(nobody))).isInstanceOf(Tx.Conflict.class);
  }
}
