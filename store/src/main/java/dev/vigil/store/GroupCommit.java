// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.admission.Store.StoreUnavailable;
import dev.vigil.admission.Tx;
import dev.vigil.kernel.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// The one writer. It takes all changes that wait, runs each in a savepoint of one transaction,
/// commits once, and only then answers: many callers share one sync of the disk, and a change that
/// fails takes nobody with it.
final class GroupCommit implements AutoCloseable {

  private static final int MOST = 256;
  private static final String SAVEPOINT = "change";

  private final Jdbi writer;
  private final TimeSource time;
  private final LinkedBlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>();
  private final Object gate = new Object();
  private final Thread thread;
  private boolean closed;

  GroupCommit(Jdbi writer, TimeSource time) {
    this.writer = writer;
    this.time = time;
    this.thread = Thread.ofPlatform().name("store-writer").start(this::run);
  }

  /// A change and who waits for it.
  private static final class Waiting<T> {
    private final Function<? super Tx, ? extends T> body;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final List<Runnable> outcome = new ArrayList<>(1);

    private Waiting(Function<? super Tx, ? extends T> body) {
      this.body = body;
    }

    /// Runs the body; the caller learns of it after the commit.
    private void run(Tx tx) {
      T value = body.apply(tx);
      outcome.add(() -> answer.complete(value));
    }

    private void failed(Throwable why) {
      outcome.clear();
      outcome.add(() -> answer.completeExceptionally(why));
    }

    private void tell() {
      outcome.forEach(Runnable::run);
    }
  }

  <T> T change(Function<? super Tx, ? extends T> body) {
    if (Thread.currentThread().equals(thread))
      throw new IllegalStateException("a change must not wait for another change");
    var waiting = new Waiting<T>(body);
    synchronized (gate) {
      if (closed)
        throw new StoreUnavailable("the store is closed", new IllegalStateException("closed"));
      queue.add(waiting);
    }
    try {
      return waiting.answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException why) throw why;
      if (e.getCause() instanceof Error why) throw why;
      throw e;
    }
  }

  private void run() {
    var group = new ArrayList<Waiting<?>>(MOST);
    do {
      group.clear();
      take(group);
      commit(group);
      group.forEach(Waiting::tell);
    } while (goesOn());
  }

  private void take(List<Waiting<?>> group) {
    try {
      group.add(queue.take());
    } catch (InterruptedException e) {
      // Nobody interrupts this thread to end it; whoever waits is still served.
      return;
    }
    queue.drainTo(group, MOST - 1);
  }

  private boolean goesOn() {
    synchronized (gate) {
      return !closed || !queue.isEmpty();
    }
  }

  /// The adapter's one broad catch: whatever goes wrong here, every caller gets an answer and the
  /// writer lives on.
  private void commit(List<Waiting<?>> group) {
    if (group.isEmpty()) return;
    try (var handle = writer.open()) {
      handle.begin();
      for (var waiting : group) attempt(handle, waiting);
      handle.commit();
    } catch (RuntimeException | Error e) {
      var why = new StoreUnavailable("the change could not be made durable", e);
      for (var waiting : group) waiting.failed(why);
    }
  }

  private void attempt(Handle handle, Waiting<?> waiting) {
    handle.savepoint(SAVEPOINT);
    try (var tx = new SqlTx(handle, time)) {
      waiting.run(tx);
      if (tx.broken().isPresent()) throw tx.broken().get();
      handle.releaseSavepoint(SAVEPOINT);
    } catch (JdbiException e) {
      waiting.failed(new StoreUnavailable("the database refused the change", e));
      handle.rollbackToSavepoint(SAVEPOINT);
    } catch (RuntimeException | Error e) {
      waiting.failed(e);
      handle.rollbackToSavepoint(SAVEPOINT);
    }
  }

  /// Serves who already waits, then ends.
  @Override
  public void close() {
    synchronized (gate) {
      if (closed) return;
      closed = true;
      queue.add(new Waiting<>(_ -> Boolean.TRUE));
    }
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
