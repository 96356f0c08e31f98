// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.SignalsView;
import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.kernel.DeviceId;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ListAssert;

/// What every store keeps of what sources say. Run by [StoreContract].
final class SignalsContract {

  private static final Instant END = Scene.NOON.plusSeconds(3600);

  private final Store store;
  private final Scene scene;

  SignalsContract(Store store, Scene scene) {
    this.store = store;
    this.scene = scene;
  }

  private void change(Consumer<Tx> body) {
    store.change(tx -> {
      body.accept(tx);
      return true;
    });
  }

  private <T> ListAssert<T> all(Function<SignalsView, List<T>> query) {
    List<T> answer = store.read(view -> query.apply(view.signals()));
    return assertThat(answer);
  }

  void check() {
    var owner = scene.person("signals@bank.example");
    var phone = scene.phone(owner);
    change(tx -> {
      tx.put(owner);
      tx.put(phone);
    });
    aSignalReplacesTheSameSourceAndNameOnly(phone.id());
    whatIsOnlyLaterMakesNoHistory(phone.id());
    whatHasExpiredIsFoundAndRemoved(phone.id());
    assertThatThrownBy(() ->
            change(tx ->
                tx.signals()
                    .put(
                        DeviceId.random(scene),
                        List.of(scene.signal(SignalName.ROOTED, "true", "sdk")))))
        .isInstanceOf(Tx.Conflict.class);
  }

  private void aSignalReplacesTheSameSourceAndNameOnly(DeviceId phone) {
    var rooted = scene.signal(SignalName.ROOTED, "false", "sdk");
    var managed = scene.signal(SignalName.ROOTED, "true", "intune");
    var again = scene.signal(SignalName.ROOTED, "true", "sdk");
    change(tx -> {
      tx.signals().put(phone, List.of(rooted, managed));
      tx.signals().put(phone, List.of(again));
    });
    all(view -> view.of(phone)).containsExactly(again, managed);
    all(view -> view.history(phone, 10)).containsExactly(again, managed, rooted);
    all(view -> view.history(phone, 1)).containsExactly(again);
  }

  private void whatIsOnlyLaterMakesNoHistory(DeviceId phone) {
    var known = scene.signal(SignalName.ROOTED, "true", "sdk");
    var later =
        new Signal(
            known.name(),
            known.value(),
            known.source(),
            known.tier(),
            known.observed().plusSeconds(600),
            END.plusSeconds(600));
    change(tx -> tx.signals().freshen(phone, List.of(later)));
    all(view -> view.of(phone)).contains(later).hasSize(2);
    all(view -> view.history(phone, 10)).hasSize(3);
  }

  private void whatHasExpiredIsFoundAndRemoved(DeviceId phone) {
    all(view -> view.devicesWithExpired(END.minusNanos(1), 10)).doesNotContain(phone);
    all(view -> view.devicesWithExpired(END, 10)).contains(phone);
    change(tx -> {
      assertThat(tx.signals().removeExpired(phone, END))
          .extracting(Signal::source)
          .containsExactly("intune");
      assertThat(tx.signals().removeExpired(phone, END)).isEmpty();
    });
    all(view -> view.of(phone)).extracting(Signal::source).containsExactly("sdk");
    change(tx -> tx.signals().removeSource(phone, "sdk"));
    all(view -> view.of(phone)).isEmpty();
    all(view -> view.history(phone, 10)).hasSize(3);
  }
}
