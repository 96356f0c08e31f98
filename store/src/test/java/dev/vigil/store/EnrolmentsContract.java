// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Scene.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.EnrolmentsView;
import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.admission.device.EnrolmentRules.Approval;
import dev.vigil.admission.device.PendingEnrolment;
import dev.vigil.admission.device.PendingEnrolment.Approved;
import dev.vigil.admission.device.Showing;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.Device;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What every store keeps of enrolments that wait for approval. Run by [StoreContract].
final class EnrolmentsContract {

  private final Store store;
  private final Scene scene;

  EnrolmentsContract(Store store, Scene scene) {
    this.store = store;
    this.scene = scene;
  }

  private void change(Consumer<Tx> body) {
    store.change(tx -> {
      body.accept(tx);
      return true;
    });
  }

  private List<PendingEnrolment> all(Function<EnrolmentsView, List<PendingEnrolment>> query) {
    return store.read(view -> query.apply(view.enrolments()));
  }

  private Optional<PendingEnrolment> one(
      Function<EnrolmentsView, Optional<PendingEnrolment>> query) {
    return store.read(view -> query.apply(view.enrolments()));
  }

  private PendingEnrolment waiting(Subject of, Sha256 key, Instant expires) {
    return new PendingEnrolment(
        ChangeId.random(scene),
        of.id(),
        key,
        "Phone of Ünal 📱",
        new Showing("android", "Pixel 9", "hardware", "test"),
        Approval.OWN_DEVICE,
        expires,
        Optional.empty());
  }

  private static PendingEnrolment approved(PendingEnrolment one, Approved how) {
    return new PendingEnrolment(
        one.id(),
        one.subject(),
        one.key(),
        one.name(),
        one.showing(),
        one.approver(),
        one.expiresAt(),
        Optional.of(how));
  }

  void check() {
    var alice = scene.person("alice");
    var bob = scene.person("bob");
    var phone = scene.phone(alice);
    var revoked = scene.phone(alice).revoke(NOON, "lost");
    change(tx -> {
      tx.put(alice);
      tx.put(bob);
      tx.put(phone);
      tx.put(revoked);
    });
    List<Device> hers = store.read(view -> view.devicesOf(alice.id()));
    assertThat(hers).containsExactly(phone, revoked);
    List<Device> his = store.read(view -> view.devicesOf(bob.id()));
    assertThat(his).isEmpty();
    pending(alice, bob, phone);
  }

  private void pending(Subject alice, Subject bob, Device phone) {
    var key = scene.digest();
    var first = waiting(alice, key, NOON.plusSeconds(60));
    var second = waiting(alice, scene.digest(), NOON.plusSeconds(120));
    var ofBob = waiting(bob, key, NOON.plusSeconds(120));
    change(tx -> List.of(first, second, ofBob).forEach(tx.enrolments()::put));
    assertThat(all(EnrolmentsView::all)).containsExactly(first, second, ofBob);
    assertThat(all(view -> view.of(alice.id()))).containsExactly(first, second);
    assertThat(one(view -> view.find(alice.id(), key))).contains(first);
    assertThat(one(view -> view.find(bob.id(), second.key()))).isEmpty();
    assertThatThrownBy(() -> change(tx -> tx.enrolments().put(waiting(alice, key, NOON))))
        .isInstanceOf(Tx.Conflict.class);
    var stranger = waiting(scene.person("nobody"), scene.digest(), NOON);
    assertThatThrownBy(() -> change(tx -> tx.enrolments().put(stranger)))
        .isInstanceOf(Tx.Conflict.class);
    var byPhone = approved(first, new Approved(NOON, alice.id(), Optional.of(phone.id())));
    var byPerson = approved(ofBob, new Approved(NOON, alice.id(), Optional.empty()));
    change(tx -> List.of(byPhone, byPerson).forEach(tx.enrolments()::put));
    assertThat(all(EnrolmentsView::all)).containsExactly(byPhone, second, byPerson);
    change(tx -> tx.enrolments().remove(ofBob.id()));
    assertThat(one(view -> view.find(ofBob.id()))).isEmpty();
    change(tx -> assertThat(tx.enrolments().forget(first.expiresAt())).isEqualTo(1));
    assertThat(all(EnrolmentsView::all)).containsExactly(second);
  }
}
