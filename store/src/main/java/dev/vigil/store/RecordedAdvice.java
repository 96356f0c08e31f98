// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.access.Advice;
import dev.vigil.access.AdviceRecords;
import dev.vigil.access.Question;
import dev.vigil.audit.DecisionRecord;
import dev.vigil.audit.DecisionRecord.OwnFact;
import dev.vigil.audit.DecisionRecord.Result;
import dev.vigil.audit.DecisionRecord.Snapshot;
import dev.vigil.audit.RecordEncoder;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Facts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Records the answers to other enforcement points. The certificate of such a record is the
/// enforcement point's own; what it said itself stands among the request's own facts, whichever
/// entity it is about.
final class RecordedAdvice implements AdviceRecords {

  private static final List<Entity> KEPT =
      List.of(Entity.SUBJECT, Entity.AUTHENTICATION, Entity.DEVICE, Entity.RISK, Entity.APP);

  private final SegmentWriter writer;
  private final RecordEncoder encoder = new RecordEncoder();

  RecordedAdvice(SegmentWriter writer) {
    this.writer = writer;
  }

  @Override
  public synchronized boolean append(Question question, Advice advice) {
    return switch (encoder.encode(record(question, advice))) {
      case DONE -> writer.append(encoder.payload());
      case TOO_LONG -> false;
    };
  }

  static DecisionRecord record(Question question, Advice advice) {
    return switch (advice) {
      case Advice.Rejected(var _, var refusal) ->
          record(
              question,
              advice,
              new Made(List.of(), List.of()),
              new Result.Rejected(refusal.code()));
      case Advice.Decided decided ->
          record(
              question,
              advice,
              new Made(snapshots(decided.request()), said(decided)),
              RecordedDecisions.result(decided.decision()));
    };
  }

  private record Made(List<Snapshot> snapshots, List<OwnFact> facts) {}

  private static DecisionRecord record(Question question, Advice advice, Made of, Result result) {
    return new DecisionRecord(
        advice.reference(),
        question.at(),
        question.about().app(),
        question.caller(),
        of.snapshots(),
        RecordedDecisions.SCHEMA,
        of.facts(),
        Optional.empty(),
        result);
  }

  private static List<Snapshot> snapshots(AccessRequest request) {
    var snapshots = new ArrayList<Snapshot>(KEPT.size());
    for (Entity entity : KEPT) {
      Facts facts = request.about(entity);
      if (!facts.id().isEmpty())
        snapshots.add(new Snapshot(entity.prefix(), facts.id(), facts.version()));
    }
    return snapshots;
  }

  private static List<OwnFact> said(Advice.Decided decided) {
    return decided.said().entrySet().stream()
        .sorted(Comparator.comparing(one -> one.getKey().qualifiedName()))
        .map(one ->
            new OwnFact(
                one.getKey().qualifiedName(),
                RecordedDecisions.texts(one.getValue()),
                EvidenceTier.REPORTED,
                decided.request().at()))
        .toList();
  }
}
