// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.View;
import dev.vigil.admission.feed.FeedIntake;
import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.feed.FeedStates;
import dev.vigil.kernel.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes what products send by themselves. A message counts once: its id is remembered for as long
/// as its signature is good.
public final class Webhooks {

  /// A signature is good for five minutes before and after its time.
  static final Duration REMEMBERED = Delivery.TOLERANCE.multipliedBy(2).plusMinutes(1);

  private final Changes changes;
  private final Map<String, WebhookSource> sources = new LinkedHashMap<>();
  private final FeedIntake intake;
  private final FeedStates states;

  public Webhooks(Changes changes, List<WebhookSource> sources) {
    this.changes = changes;
    sources.forEach(source -> this.sources.put(source.rules().id(), source));
    this.intake = new FeedIntake(changes);
    this.states = new FeedStates(changes);
  }

  /// Takes a message and answers with what became of it. Refusals are [WebhookRefusal]s; after one
  /// nothing has changed, and but for [WebhookRefusal#REPLAYED] the same id may be sent again.
  ///
  /// @param name of the source in the address
  /// @throws dev.vigil.admission.Store.StoreUnavailable if it cannot be kept; the message should be
  ///   sent again
  public Outcome<FeedState.Counts> take(String name, Delivery delivery) {
    var source = Optional.ofNullable(sources.get(name));
    if (source.isEmpty()) return Outcome.refused(WebhookRefusal.SOURCE);
    var now = changes.time().now();
    return delivery
        .prove(source.get(), now)
        .then(proven ->
            seen(proven) ? Outcome.refused(WebhookRefusal.REPLAYED) : Outcome.done(proven))
        .then(proven ->
            WebhookMessage.read(proven.content(), source.get().signals(), now)
                .then(said -> once(proven, intake.told(source.get().rules(), said))))
        .map(counts -> heard(source.get(), counts));
  }

  private FeedState.Counts heard(WebhookSource source, FeedState.Counts counts) {
    states.called(source.rules().id(), counts);
    return counts;
  }

  private boolean seen(Delivery.Proven proven) {
    return changes.read(view -> seen(view, proven, changes.time().now()));
  }

  private static boolean seen(View view, Delivery.Proven proven, Instant now) {
    return view.peek(OneTime.Kind.WEBHOOK, proven.key(), now).isPresent();
  }

  /// The id is remembered after what the message says was kept: if the process ends in between, the
  /// sender sends it again, and the same again changes nothing.
  private Outcome<FeedState.Counts> once(Delivery.Proven proven, FeedState.Counts taken) {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          if (seen(work.tx(), proven, work.now())) return Outcome.refused(WebhookRefusal.REPLAYED);
          work.tx().forgetExpired(work.now());
          work.tx()
              .put(
                  new OneTime(OneTime.Kind.WEBHOOK, proven.key(), "", work.now().plus(REMEMBERED)));
          return Outcome.done(taken);
        });
  }
}
