// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.admission.View;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// A store that fails when told to, before or after its effect, for the tests of those who stand on
/// it.
public final class FaultyStore implements Store {

  private final Store store;
  private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);

  /// Passes everything on to this store, until told to fail.
  public FaultyStore(Store store) {
    this.store = store;
  }

  /// How the next call fails.
  public enum Fault {
    /// It does not.
    NONE,
    /// Nothing was done.
    BEFORE,
    /// It was done and is durable, but the caller does not learn of it, as when a machine stops
    /// after the commit.
    AFTER
  }

  /// The next change or query fails like this; the ones after it do not.
  public void failNext(Fault fault) {
    next.set(fault);
  }

  @Override
  public <T> T change(Function<? super Tx, ? extends T> body) {
    return failing(() -> store.change(body));
  }

  @Override
  public <T> T read(Function<? super View, ? extends T> query) {
    return failing(() -> store.read(query));
  }

  private <T> T failing(java.util.function.Supplier<T> call) {
    var fault = next.getAndSet(Fault.NONE);
    if (fault == Fault.BEFORE) throw refusal("before");
    T answer = call.get();
    if (fault == Fault.AFTER) throw refusal("after");
    return answer;
  }

  private static StoreUnavailable refusal(String when) {
    return new StoreUnavailable(
        "told to fail " + when + " the effect", new IllegalStateException("a fault in a test"));
  }
}
