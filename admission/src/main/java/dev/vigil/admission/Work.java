// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.audit.SecurityEvent;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.EventId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One change under way inside [Changes#commit]: the transaction, its time, and the events that say
/// what changed.
public final class Work {

  private final Tx tx;
  private final Actor actor;
  private final Instant now;
  private final Entropy entropy;
  private final Set<Object> touched = new LinkedHashSet<>();
  private final List<SecurityEvent> events = new ArrayList<>();
  private final List<FactsSink.Change> others = new ArrayList<>();

  Work(Tx tx, Actor actor, Instant now, Entropy entropy) {
    this.tx = tx;
    this.actor = actor;
    this.now = now;
    this.entropy = entropy;
  }

  /// The transaction. Append no events to it directly.
  public Tx tx() {
    return tx;
  }

  /// The time of the whole change.
  public Instant now() {
    return now;
  }

  public Entropy entropy() {
    return entropy;
  }

  /// Who causes the change.
  public Actor actor() {
    return actor;
  }

  /// Says what changed. New facts of every entity named here follow the commit.
  ///
  /// @param type CAEP, RISC or Vigil's own, such as `session-revoked`
  /// @param cause why, in a sentence or a code; never a secret
  /// @param details further facts by name; never a secret
  /// @param ids each a [SubjectId], [DeviceId], [SessionId] or [AppId]
  /// @throws IllegalArgumentException if an id is anything else
  public SecurityEvent event(
      String type, String cause, Map<String, String> details, Object... ids) {
    touched.addAll(Arrays.asList(ids));
    return note(type, cause, details, ids);
  }

  /// Records an event that changed nothing, such as a refusal: no facts follow.
  ///
  /// @param ids as [#event]
  /// @throws IllegalArgumentException if an id is anything else
  public SecurityEvent note(String type, String cause, Map<String, String> details, Object... ids) {
    var subjects = Arrays.stream(ids).map(Work::idOf).distinct().toList();
    var event =
        tx.append(
            new SecurityEvent(
                0, EventId.random(entropy), type, subjects, actor.id(), cause, details, now, now));
    events.add(event);
    return event;
  }

  private static String idOf(Object id) {
    return switch (id) {
      case SubjectId subject -> subject.value();
      case DeviceId device -> device.value();
      case SessionId session -> session.value();
      case AppId app -> app.value();
      default ->
          throw new IllegalArgumentException(
              "an event is about subjects, devices, sessions and apps, not "
                  + id.getClass().getSimpleName());
    };
  }

  /// Hands over a change that is not computed from the store: policies that were compiled, an
  /// approval.
  public void also(FactsSink.Change change) {
    others.add(change);
  }

  Set<Object> touched() {
    return touched;
  }

  List<SecurityEvent> events() {
    return events;
  }

  List<FactsSink.Change> others() {
    return others;
  }
}
