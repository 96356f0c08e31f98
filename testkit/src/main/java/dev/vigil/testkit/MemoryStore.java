// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.admission.View;
import dev.vigil.kernel.TimeSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The store in memory: one lock for changes, each on a copy of everything that replaces the whole
/// when it succeeds. Passes the same contract suite as the store on SQL; durable only as long as
/// the process.
public final class MemoryStore implements Store {

  private final TimeSource time;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile MemoryState committed = new MemoryState();

  /// An empty store that stamps events with this time.
  public MemoryStore(TimeSource time) {
    this.time = time;
  }

  @Override
  public <T> T change(Function<? super Tx, ? extends T> body) {
    if (writing.isHeldByCurrentThread())
      throw new IllegalStateException("a change must not wait for another change");
    writing.lock();
    try {
      var tx = new MemoryTx(committed.copy(), time);
      T answer;
      try {
        answer = body.apply(tx);
      } finally {
        tx.close();
      }
      committed = tx.state;
      return answer;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public <T> T read(Function<? super View, ? extends T> query) {
    try (var view = new MemoryView(committed)) {
      return query.apply(view);
    }
  }
}
