// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.admission.View;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.AbstractLongAssert;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.OptionalAssert;

/// A store and a way to ask it.
abstract class StoreStage {

  final Scene scene = new Scene(42);

  /// An empty store whose time is [Scene#TIME].
  abstract Store store();

  final void change(Consumer<Tx> body) {
    store()
        .change(tx -> {
          body.accept(tx);
          return true;
        });
  }

  final <T> OptionalAssert<T> one(Function<View, Optional<T>> query) {
    Optional<T> answer = store().read(query);
    return assertThat(answer);
  }

  final <T> ListAssert<T> all(Function<View, List<T>> query) {
    List<T> answer = store().read(query);
    return assertThat(answer);
  }

  final AbstractLongAssert<?> number(Function<View, Long> query) {
    long answer = store().<Long>read(query);
    return assertThat(answer);
  }
}
