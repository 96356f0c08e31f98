// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.identity.Session;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.TimeSource;
import dev.vigil.posture.release.VendorReleases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Every change of every use case: the change, its events and the new facts of all it touched are
/// one transaction, and once that is durable the facts go to those who decide.
public final class Changes {

  private final Store store;
  private final TimeSource time;
  private final Entropy entropy;
  private final Deliveries deliveries;
  private volatile VendorReleases releases = VendorReleases.NONE;

  public Changes(Store store, FactsSink sink, TimeSource time, Entropy entropy) {
    this.store = store;
    this.time = time;
    this.entropy = entropy;
    this.deliveries = new Deliveries(sink);
  }

  /// Runs the body in one transaction and returns its answer once everything is durable and the
  /// facts are handed over. If the answer is a refusal nothing of the change is kept. If the body
  /// throws, nothing is kept and the exception is passed on. The body may run on another thread; it
  /// must not commit another change.
  ///
  /// @throws Store.StoreUnavailable if it cannot be made durable
  /// @throws IllegalStateException if the body changed facts without an event
  public <T> T commit(Actor actor, Function<? super Work, ? extends T> body) {
    var refused = new ArrayList<T>(1);
    var attempts = new ArrayList<Ran<T>>(1);
    Ran<T> ran;
    try {
      ran =
          store.change(tx -> {
            var one = run(tx, actor, body, refused);
            attempts.add(one);
            return one;
          });
    } catch (NotKept e) {
      return refused.getLast();
    } catch (Store.StoreUnavailable e) {
      if (!attempts.isEmpty()) deliverIfDurable(attempts.getLast());
      throw e;
    }
    deliver(ran);
    return ran.answer;
  }

  private <T> Ran<T> run(
      Tx tx, Actor actor, Function<? super Work, ? extends T> body, List<T> refused) {
    long before = tx.sequence();
    var work = new Work(tx, actor, time.now(), entropy);
    T answer = body.apply(work);
    if (answer instanceof Outcome.Refused<?>) {
      refused.add(answer);
      throw new NotKept();
    }
    long after = tx.sequence();
    if (after == before) {
      if (!work.others().isEmpty())
        throw new IllegalStateException("facts changed without an event");
      return new Ran<>(answer, before, Optional.empty());
    }
    List<FactsSink.Change> changes = new ArrayList<>(Snapshots.keep(tx, work, after, releases));
    changes.addAll(work.others());
    return new Ran<>(
        answer, before + 1, Optional.of(new FactsSink.Committed(after, changes, work.events())));
  }

  private record Ran<T>(T answer, long first, Optional<FactsSink.Committed> committed) {}

  private void deliver(Ran<?> ran) {
    ran.committed.ifPresent(committed -> deliveries.deliver(ran.first, committed));
  }

  /// The store failed, but perhaps after its effect: what became durable must be decided on.
  private void deliverIfDurable(Ran<?> ran) {
    try {
      if (ran.committed.filter(this::isDurable).isPresent()) deliver(ran);
    } catch (Store.StoreUnavailable stillDown) {
      // Nobody can tell now. The caller sees the failure and asks again; nothing was granted.
    }
  }

  private boolean isDurable(FactsSink.Committed committed) {
    if (committed.events().isEmpty()) return false;
    var last = committed.events().getLast();
    return store.read(view -> view.eventsAfter(last.sequence() - 1, 1)).stream()
        .anyMatch(event -> event.id().equals(last.id()));
  }

  /// Takes the transaction back because the answer is a refusal.
  private static final class NotKept extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotKept() {
      super("refused", null, false, false);
    }
  }

  /// Records a refusal that the organisation should know of, in a commit of its own: nothing else
  /// changes.
  ///
  /// @param type such as `enrolment-refused`
  /// @param ids as [Work#event]
  public void refused(Actor actor, String type, Refusal refusal, Object... ids) {
    commit(actor, work -> work.note(type, refusal.says(), Map.of("code", refusal.code()), ids));
  }

  /// The same of what Vigil itself refused, with a further fact.
  ///
  /// @param fact and its value, beside the refusal's code
  public void refused(String type, Refusal refusal, String fact, String value) {
    commit(
        Actor.SYSTEM,
        work -> work.note(type, refusal.says(), Map.of("code", refusal.code(), fact, value)));
  }

  /// Takes trust away at once: the sessions end and the device admits no certificate, in the facts
  /// that decide. The commit that makes it lasting must follow; if it fails, trust stays away until
  /// the entity changes again or the process starts anew. What is not stored is left out.
  public void ahead(Optional<DeviceId> device, List<Session> sessions) {
    var now = time.now();
    deliveries.ahead(store.read(view -> Snapshots.removals(view, now, device, sessions)));
  }

  /// Reads at the start everything there is and hands it over, before any port opens. Facts are
  /// those that were kept, version by version. Policies are handed over by whoever compiles them.
  public void load() {
    var now = time.now();
    deliveries.start(
        store.read(
            view -> new FactsSink.Committed(view.sequence(), Snapshots.all(view, now), List.of())));
  }

  /// A consistent look at the store.
  public <T> T read(Function<? super View, ? extends T> query) {
    return store.read(query);
  }

  /// What makers say of their releases, from now on; facts of devices that are touched afterwards
  /// are made with it. [dev.vigil.admission.device.ReleaseData] brings the others up to date.
  public void know(VendorReleases known) {
    releases = known;
  }

  /// What makers say of their releases.
  public VendorReleases releases() {
    return releases;
  }

  /// The wall clock of all changes.
  public TimeSource time() {
    return time;
  }
}
