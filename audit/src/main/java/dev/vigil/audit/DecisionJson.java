// SPDX-License-Identifier: Apache-2.0
package dev.vigil.audit;

import dev.vigil.audit.DecisionRecord.Result;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A record as one line of JSON, for people and for other systems.
public final class DecisionJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DecisionJson() {}

  /// Where the facts are found that a snapshot refers to. A port.
  @FunctionalInterface
  public interface SnapshotFacts {

    /// The JSON that was kept of a snapshot, an object with the member `facts`; empty if there is
    /// none.
    Optional<String> json(DecisionRecord.Snapshot snapshot);
  }

  /// The line, without the line break.
  public static String line(DecisionRecord record) {
    return line(record, snapshot -> Optional.empty());
  }

  /// The line, without the line break, with the facts of its snapshots, as far as they are found:
  /// all that it takes to decide again.
  public static String line(DecisionRecord record, SnapshotFacts known) {
    var node = JSON.createObjectNode();
    node.put("id", record.id().value());
    node.put("at", record.at().toString());
    node.put("app", record.app().value());
    node.put("outcome", record.result().outcome().name().toLowerCase(Locale.ROOT));
    node.put("certificate", record.certificate().toString());
    record.action().ifPresent(action -> node.put("action", action.toString()));
    var snapshots = node.putObject("snapshots");
    for (var snapshot : record.snapshots()) {
      var one = snapshots.putObject(snapshot.entity());
      one.put("id", snapshot.id()).put("version", snapshot.version());
      known
          .json(snapshot)
          .map(JSON::readTree)
          .ifPresent(kept -> one.set("facts", kept.required("facts")));
    }
    node.put("schema_version", record.schemaVersion());
    facts(record, node);
    result(record.result(), node);
    return JSON.writeValueAsString(node);
  }

  private static void facts(DecisionRecord record, ObjectNode node) {
    var facts = node.putObject("facts");
    for (var fact : record.facts()) {
      var one = facts.putObject(fact.name());
      if (fact.values().size() == 1) one.put("value", fact.values().getFirst());
      else fact.values().forEach(one.putArray("value")::add);
      one.put("tier", fact.tier().name().toLowerCase(Locale.ROOT))
          .put("observed", fact.observed().toString());
    }
  }

  private static void result(Result result, ObjectNode node) {
    switch (result) {
      case Result.Rejected(String code) -> node.put("rejection", code);
      case Result.Decided decided -> {
        node.put("policy_version", decided.policyVersion());
        decided.deciding().forEach(node.putArray("deciding")::add);
        var reasons = node.putArray("reasons");
        for (var reason : decided.reasons())
          reasons.addObject().put("rule", reason.rule()).put("requirement", reason.requirement());
        decided.validUntil().ifPresent(until -> node.put("valid_until", until.toString()));
      }
    }
  }
}
