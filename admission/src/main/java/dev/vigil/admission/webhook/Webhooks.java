// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.admission.feed.DeviceSaid;
import dev.vigil.kernel.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes what products send by themselves. A message counts once and as a whole: that its id was
/// seen and what it says of devices are one change.
public final class Webhooks {

  /// A signature is good for five minutes before and after its time; no longer need an id be known.
  static final Duration REMEMBERED = Delivery.TOLERANCE.multipliedBy(2).plusMinutes(1);

  private final Changes changes;
  private final Map<String, WebhookSource> sources = new LinkedHashMap<>();
  private final Intake intake;

  public Webhooks(Changes changes, List<WebhookSource> sources, Intake intake) {
    this.changes = changes;
    sources.forEach(source -> this.sources.put(source.id(), source));
    this.intake = intake;
  }

  /// What became of a message.
  ///
  /// @param devices of ours that it spoke of
  /// @param unmatched devices that are not known here
  public record Taken(int devices, int unmatched) {}

  /// Takes what a source says into a change that is under way.
  @FunctionalInterface
  public interface Intake {
    Taken take(Work work, WebhookSource source, List<DeviceSaid> said);
  }

  /// Takes a message. Refusals are [WebhookRefusal]s; after one nothing has changed, and the same
  /// id may be sent again.
  ///
  /// @param name of the source in the address
  public Outcome<Taken> take(String name, Delivery delivery) {
    var source = Optional.ofNullable(sources.get(name));
    if (source.isEmpty()) return Outcome.refused(WebhookRefusal.SOURCE);
    var now = changes.time().now();
    return delivery
        .prove(source.get(), now)
        .then(proven ->
            WebhookMessage.read(proven.content(), source.get().signals(), now)
                .then(said ->
                    changes.commit(
                        Actor.SYSTEM, work -> once(work, proven, source.get(), said))));
  }

  private Outcome<Taken> once(
      Work work, Delivery.Proven proven, WebhookSource source, List<DeviceSaid> said) {
    if (work.tx().peek(OneTime.Kind.WEBHOOK, proven.key(), work.now()).isPresent())
      return Outcome.refused(WebhookRefusal.REPLAYED);
    work.tx().forgetExpired(work.now());
    work.tx()
        .put(
            new OneTime(
                OneTime.Kind.WEBHOOK, proven.key(), "", work.now().plus(REMEMBERED)));
    return Outcome.done(intake.take(work, source, said));
  }
}
