// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.replay;

import dev.vigil.audit.DecisionRecord;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Facts;
import dev.vigil.workbench.Answer;
import dev.vigil.workbench.replay.RecordLines.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One line while it is read.
final class LineRecord {

  @Nullable String reference;
  @Nullable String app;
  @Nullable Instant at;
  @Nullable String rejection;
  @Nullable Instant validUntil;
  final List<String> deciding = new ArrayList<>();
  final List<Recorded.Cause> reasons = new ArrayList<>();

  private DecisionRecord.@Nullable Outcome outcome;
  private final Map<Entity, Facts> snapshots = new EnumMap<>(Entity.class);
  private final Map<Entity, List<Own>> own = new EnumMap<>(Entity.class);
  private String unresolved = "";

  private record Own(Fact fact, Object value, Evidence behind) {}

  void outcome(String name) {
    outcome = DecisionRecord.Outcome.valueOf(name);
  }

  /// Notes a snapshot; one whose facts are not there only matters if the policies were asked.
  void snapshot(SnapshotCache.Snapshot snapshot) {
    switch (snapshot) {
      case SnapshotCache.Snapshot.Known(Facts facts) -> snapshots.put(facts.entity(), facts);
      case SnapshotCache.Snapshot.Unresolved(Entity entity) -> unresolved = entity.prefix();
    }
  }

  /// Notes a fact of the request itself. Some are about an entity that has a snapshot too, such as
  /// the approval of a transaction: they lie over it.
  void own(Fact fact, Object value, Evidence behind) {
    own.computeIfAbsent(fact.entity(), entity -> new ArrayList<>())
        .add(new Own(fact, value, behind));
  }

  Line line() {
    if (outcome == null) throw new Unusable("it has no `outcome`");
    if (reference == null) throw new Unusable("it has no `id`");
    if (app == null) throw new Unusable("it has no `app`");
    if (at == null) throw new Unusable("it has no `at`");
    var answer = Answer.of(outcome);
    if (answer.isEmpty()) return new Line.Rejected(rejection == null ? "" : rejection);
    if (!unresolved.isEmpty())
      throw new Unusable(
          "it does not hold the facts of its " + unresolved + "; export it with `--facts`");
    return new Line.Decided(
        new Recorded(
            reference,
            app,
            answer.get(),
            deciding,
            reasons,
            Optional.ofNullable(validUntil),
            request(at)));
  }

  private AccessRequest request(Instant time) {
    return new AccessRequest(
        about(Entity.SUBJECT),
        about(Entity.AUTHENTICATION),
        about(Entity.DEVICE),
        about(Entity.CONNECTION),
        about(Entity.NETWORK),
        about(Entity.RISK),
        about(Entity.APP),
        about(Entity.REQUEST),
        time);
  }

  private Facts about(Entity entity) {
    var snapshot = snapshots.get(entity);
    var more = own.getOrDefault(entity, List.of());
    if (snapshot == null) {
      var facts = Facts.about(entity, "", 0);
      for (var one : more) facts.put(one.fact(), one.value(), one.behind());
      return facts.build();
    }
    for (var one : more) snapshot = snapshot.with(one.fact(), one.value(), one.behind());
    return snapshot;
  }
}
