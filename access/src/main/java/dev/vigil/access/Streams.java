// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.policy.Decision;
import dev.vigil.policy.Obligations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The open streams, by what they depend on. A stream enters the index before it is decided, so
/// that no change falls into a gap; when a snapshot is swapped its dependents are decided again,
/// and cut if they no longer pass; likewise when time alone changes the answer.
public final class Streams {

  private final Decider decider;
  private final Map<Object, Set<Registration>> byDependency = new ConcurrentHashMap<>();
  private final Set<Registration> all = ConcurrentHashMap.newKeySet();
  private final ConcurrentSkipListSet<Deadline> deadlines = new ConcurrentSkipListSet<>();
  private final AtomicLong serials = new AtomicLong();

  public Streams(Decider decider) {
    this.decider = decider;
  }

  private record Deadline(Instant at, Registration registration) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(registration.serial, other.registration.serial);
    }
  }

  /// A stream's place in the index.
  public final class Registration implements AutoCloseable {
    private final long serial = serials.incrementAndGet();
    private final Attempt attempt;
    private final OpenStream stream;
    private final DecisionRecords records;
    private final List<Object> keys;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<@Nullable Deadline> deadline = new AtomicReference<>();
    private boolean approved;
    private Obligations promised = Obligations.NONE;

    private Registration(Attempt attempt, OpenStream stream, DecisionRecords records) {
      this.attempt = attempt;
      this.stream = stream;
      this.records = records;
      this.keys = new CopyOnWriteArrayList<>(keysOf(attempt));
    }

    /// The stream has ended by itself: nothing is decided for it any more.
    @Override
    public void close() {
      if (over.compareAndSet(false, true)) leave();
    }

    /// Decisions about one stream are made one after the other, so that the last word is about the
    /// latest snapshots.
    private synchronized Verdict begin() {
      try {
        var verdict = enterAndDecide();
        if (verdict instanceof Verdict.Decided decided && verdict.passes()) {
          approved = decided.approved();
          promised = obligations(decided);
          watchUntil(new Deadline(decider.deadlineOf(attempt, decided), this));
        }
        return verdict;
      } finally {
        if (deadline.get() == null) close();
      }
    }

    /// A certificate that came onto the positive list between entering and deciding brings its
    /// device with it.
    private Verdict enterAndDecide() {
      all.add(this);
      keys.forEach(this::join);
      var verdict = decider.decide(attempt, records);
      if (!(verdict instanceof Verdict.Decided decided) || keys.contains(decided.device()))
        return verdict;
      keys.add(decided.device());
      join(decided.device());
      return decider.decide(attempt, records);
    }

    private void join(Object key) {
      byDependency.compute(key, (_, set) -> joined(set, this));
    }

    private void leave() {
      all.remove(this);
      watchUntil(null);
      for (Object key : keys) byDependency.computeIfPresent(key, (_, set) -> left(set, this));
    }

    /// Ends a stream that could not be decided. If even that fails, its event loop is gone, and the
    /// stream with it.
    private void cutUndecided() {
      if (!over.compareAndSet(false, true)) return;
      leave();
      try {
        stream.cut(decider.undecided());
      } catch (RejectedExecutionException e) {
        return;
      }
    }

    private synchronized void decideAgain(Instant now) {
      if (over.get()) return;
      var later = attempt.at(now);
      var verdict = decider.decideOpen(later, approved, records);
      if (verdict instanceof Verdict.Decided decided && verdict.passes() && keepsPromise(decided)) {
        watchUntil(new Deadline(decider.deadlineOf(later, decided), this));
      } else if (over.compareAndSet(false, true)) {
        leave();
        stream.cut(verdict);
      }
    }

    /// The enforcement point still carries out what it was told when the stream was opened;
    /// anything more needs a new stream.
    private boolean keepsPromise(Verdict.Decided decided) {
      var now = obligations(decided);
      return !now.restricts() || now.equals(promised);
    }

    private void watchUntil(@Nullable Deadline next) {
      var old = deadline.getAndSet(next);
      if (old != null) deadlines.remove(old);
      if (next == null) return;
      deadlines.add(next);
      if (over.get()) deadlines.remove(next);
    }
  }

  /// A stream that was asked for: the verdict and its registration. If it does not pass, the stream
  /// is not registered and [OpenStream#cut] is not called; if it passes, it may be cut before the
  /// caller has seen this.
  public record Opened(Verdict verdict, Registration registration) {}

  /// Registers, then decides.
  public Opened open(Attempt attempt, OpenStream stream, DecisionRecords records) {
    var registration = new Registration(attempt, stream, records);
    return new Opened(registration.begin(), registration);
  }

  private static Obligations obligations(Verdict.Decided decided) {
    return decided.decision() instanceof Decision.Allow(_, Obligations obligations)
        ? obligations
        : Obligations.NONE;
  }

  private static Set<Registration> joined(
      @Nullable Set<Registration> set, Registration registration) {
    Set<Registration> members = set == null ? ConcurrentHashMap.newKeySet() : set;
    members.add(registration);
    return members;
  }

  private static @Nullable Set<Registration> left(
      Set<Registration> set, Registration registration) {
    set.remove(registration);
    return set.isEmpty() ? null : set;
  }

  private List<Object> keysOf(Attempt attempt) {
    var keys = new ArrayList<Object>();
    keys.add(attempt.app());
    decider.deviceOf(attempt).ifPresent(keys::add);
    attempt
        .token()
        .ifPresent(token -> {
          keys.add(token.session());
          keys.add(token.subject());
        });
    return List.copyOf(keys);
  }

  /// Decides again every stream that depends on one of these: session, subject and device ids and
  /// app names.
  public void changed(Iterable<?> keys, Instant now) {
    for (Object key : keys) {
      var dependents = byDependency.get(key);
      if (dependents != null) dependents.forEach(registration -> decideOrCut(registration, now));
    }
  }

  /// Decides every open stream again, after a change of policy.
  public void changedAll(Instant now) {
    all.forEach(registration -> decideOrCut(registration, now));
  }

  /// Decides again the streams whose decision has run out at `now`.
  public void expire(Instant now) {
    var due = new ArrayList<Deadline>();
    for (var next : deadlines) {
      if (next.at().isAfter(now)) break;
      due.add(next);
    }
    deadlines.removeAll(due);
    due.forEach(next -> decideOrCut(next.registration(), now));
  }

  /// One stream that cannot be decided must not keep the others from being decided: it is cut.
  private static void decideOrCut(Registration registration, Instant now) {
    try {
      registration.decideAgain(now);
    } catch (
        RuntimeException
            e) { // whatever a port behind it threw: what cannot be decided does not go on
      registration.cutUndecided();
    }
  }

  /// How many streams are open.
  public int size() {
    return all.size();
  }
}
