// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.access.Attempt;
import dev.vigil.access.DecisionRecords;
import dev.vigil.access.Verdict;
import dev.vigil.audit.DecisionRecord;
import dev.vigil.audit.DecisionRecord.OwnFact;
import dev.vigil.audit.DecisionRecord.Reason;
import dev.vigil.audit.DecisionRecord.Result;
import dev.vigil.audit.DecisionRecord.Snapshot;
import dev.vigil.audit.RecordEncoder;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Records the verdicts of one event loop.
final class RecordedDecisions implements DecisionRecords {

  /// The version of the facts schema; counted up when a fact changes its type or meaning.
  static final int SCHEMA = 1;

  private static final Map<Entity, List<Fact>> FACTS = facts();

  private final SegmentWriter writer;
  private final RecordEncoder encoder = new RecordEncoder();

  RecordedDecisions(SegmentWriter writer) {
    this.writer = writer;
  }

  private static Map<Entity, List<Fact>> facts() {
    var facts = new EnumMap<Entity, List<Fact>>(Entity.class);
    for (var entity : Entity.values()) facts.put(entity, FactsSchema.standard().of(entity));
    return facts;
  }

  /// The loop's own thread appends almost always; a change that re-decides open streams appends
  /// from its own thread, so one lock, nearly never contended, keeps the segment's single writer.
  @Override
  public synchronized boolean append(Attempt attempt, Verdict verdict) {
    return switch (encoder.encode(record(attempt, verdict))) {
      case DONE -> writer.append(encoder.payload());
      case TOO_LONG -> false;
    };
  }

  static DecisionRecord record(Attempt attempt, Verdict verdict) {
    var facts = new ArrayList<OwnFact>(12);
    own(attempt.connection(), facts);
    own(attempt.network(), facts);
    own(attempt.request(), facts);
    var snapshots =
        switch (verdict) {
          case Verdict.Decided decided -> snapshots(decided, facts);
          case Verdict.Rejected _ ->
              attempt
                  .token()
                  .map(token ->
                      List.of(
                          new Snapshot("subject", token.subject().value(), 0),
                          new Snapshot("authentication", token.session().value(), 0)))
                  .orElse(List.of());
        };
    return new DecisionRecord(
        verdict.reference(),
        attempt.at(),
        attempt.app(),
        attempt.certificate(),
        snapshots,
        SCHEMA,
        facts,
        attempt.action(),
        result(verdict));
  }

  private static List<Snapshot> snapshots(Verdict.Decided decided, List<OwnFact> facts) {
    var request = decided.request();
    var approved = FactsSchema.standard().find("authentication.transaction_approved");
    approved.ifPresent(fact -> own(request.authentication(), fact, facts));
    var root = FactsSchema.standard().find("device.attestation_root");
    root.ifPresent(fact -> own(request.device(), fact, facts));
    var snapshots = new ArrayList<Snapshot>(5);
    snapshots.add(
        new Snapshot("subject", decided.token().subject().value(), request.subject().version()));
    snapshots.add(
        new Snapshot(
            "authentication",
            decided.token().session().value(),
            request.authentication().version()));
    snapshots.add(new Snapshot("device", decided.device().value(), request.device().version()));
    if (!request.risk().id().isEmpty())
      snapshots.add(new Snapshot("risk", request.risk().id(), request.risk().version()));
    snapshots.add(new Snapshot("app", request.app().id(), request.app().version()));
    return snapshots;
  }

  private static void own(Facts known, List<OwnFact> facts) {
    for (var fact : FACTS.getOrDefault(known.entity(), List.of())) own(known, fact, facts);
    for (var attribute : known.attributes()) own(known, attribute.fact(), facts);
  }

  private static void own(Facts known, Fact fact, List<OwnFact> facts) {
    var value = known.value(fact);
    var evidence = known.evidence(fact);
    if (value == null || evidence == null) return;
    facts.add(
        new OwnFact(fact.qualifiedName(), texts(value), evidence.tier(), evidence.observed()));
  }

  static List<String> texts(Object value) {
    return value instanceof Collection<?> many
        ? many.stream().map(String::valueOf).toList()
        : List.of(value.toString());
  }

  private static Result result(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Rejected(var _, var refusal) -> new Result.Rejected(refusal.code());
      case Verdict.Decided decided -> result(decided.decision());
    };
  }

  static Result result(Decision decision) {
    var basis = decision.basis();
    var reasons =
        basis.reasons().stream()
            .map(reason -> new Reason(reason.rule(), reason.requirement()))
            .toList();
    Optional<Instant> until =
        basis.validUntil().equals(Instant.MAX) ? Optional.empty() : Optional.of(basis.validUntil());
    return new Result.Decided(
        outcome(decision), basis.policyVersion(), basis.deciding(), reasons, until);
  }

  private static DecisionRecord.Outcome outcome(Decision decision) {
    return switch (decision) {
      case Decision.Allow allow ->
          allow.obligations().restricts()
              ? DecisionRecord.Outcome.RESTRICT
              : DecisionRecord.Outcome.ALLOW;
      case Decision.StepUp _ -> DecisionRecord.Outcome.STEP_UP;
      case Decision.Remediate _ -> DecisionRecord.Outcome.REMEDIATE;
      case Decision.Deny _ -> DecisionRecord.Outcome.DENY;
    };
  }
}
