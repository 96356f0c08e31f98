// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Hands commits to the sink in their one order, though their threads return in any order. A commit
/// that somebody made without [Changes] leaves a gap; it is waited for shortly, then passed over.
final class Deliveries {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

  private final FactsSink sink;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final TreeMap<Long, FactsSink.Committed> waiting = new TreeMap<>();
  private boolean started;
  private long next = 1;

  Deliveries(FactsSink sink) {
    this.sink = sink;
  }

  /// Hands over everything there is; commits follow after its sequence.
  void start(FactsSink.Committed everything) {
    lock.lock();
    try {
      sink.committed(everything);
      next = everything.sequence() + 1;
      started = true;
    } finally {
      lock.unlock();
    }
  }

  /// Hands over what takes trust away, before its commit; it counts as part of the last commit that
  /// was handed over.
  void ahead(List<FactsSink.Change> removals) {
    lock.lock();
    try {
      sink.committed(new FactsSink.Committed(next - 1, removals, List.of()));
    } finally {
      lock.unlock();
    }
  }

  /// Returns once the sink has taken the commit over.
  ///
  /// @param first the sequence of the commit's first event
  void deliver(long first, FactsSink.Committed committed) {
    lock.lock();
    try {
      if (!started) {
        next = Math.max(next, first);
        started = true;
      }
      waiting.put(first, committed);
      drain();
      if (waiting.containsKey(first)) await(first);
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    while (!waiting.isEmpty() && waiting.firstKey() <= next) {
      var committed = waiting.pollFirstEntry().getValue();
      next = Math.max(next, committed.sequence() + 1);
      moved.signalAll();
      sink.committed(committed);
    }
  }

  private void await(long first) {
    long left = PATIENCE;
    boolean interrupted = false;
    while (waiting.containsKey(first) && left > 0) {
      try {
        left = moved.awaitNanos(left);
      } catch (InterruptedException e) {
        interrupted = true;
        left = 0;
      }
    }
    while (waiting.containsKey(first)) {
      next = waiting.firstKey();
      drain();
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
