// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.audit.DecisionRecord;
import dev.vigil.audit.DecisionRecord.Result;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A decision record as people read it.
final class RecordText {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSX", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RecordText() {}

  /// One line: time, outcome, subject, app, method and path, reason, reference.
  static String line(DecisionRecord record) {
    return String.join(
        "  ",
        moment(record.at()),
        outcome(record) + (testRoot(record) ? " (test root)" : ""),
        record.idOf("subject").filter(id -> !id.isEmpty()).orElse("-"),
        record.app().value(),
        fact(record, "request.method") + " " + fact(record, "request.path"),
        reason(record.result()),
        record.id().value());
  }

  /// All of it, a line for each thing.
  static List<String> page(DecisionRecord record) {
    var lines = new ArrayList<String>();
    lines.add("reference    " + record.id());
    lines.add("time         " + record.at());
    lines.add("outcome      " + outcome(record));
    lines.add("reason       " + reason(record.result()));
    lines.add("app          " + record.app().value());
    lines.add("certificate  " + record.certificate());
    if (testRoot(record))
      lines.add("attestation  test root: the device's evidence is for development only");
    record.action().ifPresent(action -> lines.add("transaction  " + action));
    if (record.result() instanceof Result.Decided decided) {
      lines.add("policies     version " + decided.policyVersion());
      decided.validUntil().ifPresent(until -> lines.add("valid until  " + until));
    }
    lines.add("made of");
    for (var one : record.snapshots())
      lines.add("  %s  %s  version %d".formatted(one.entity(), one.id(), one.version()));
    for (var one : record.facts())
      lines.add(
          "  %s  %s  (%s, %s)"
              .formatted(
                  one.name(),
                  String.join(", ", one.values()),
                  one.tier().name().toLowerCase(Locale.ROOT),
                  one.observed()));
    return lines;
  }

  private static String moment(Instant at) {
    return MOMENT.format(at);
  }

  private static String outcome(DecisionRecord record) {
    return record.result().outcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String fact(DecisionRecord record, String name) {
    return record.facts().stream()
        .filter(fact -> fact.name().equals(name))
        .map(fact -> String.join(", ", fact.values()))
        .findFirst()
        .orElse("-");
  }

  /// Whether a root for development vouched for the device.
  private static boolean testRoot(DecisionRecord record) {
    return fact(record, "device.attestation_root").equals("test");
  }

  private static String reason(Result result) {
    return switch (result) {
      case Result.Rejected(String code) -> code;
      case Result.Decided(var _, var _, var deciding, var reasons, var _) ->
          reasons.isEmpty()
              ? deciding.isEmpty() ? "no permit applies" : String.join(", ", deciding)
              : reasons.stream()
                  .map(one ->
                      one.requirement().isEmpty()
                          ? one.rule()
                          : one.rule() + ": " + one.requirement())
                  .collect(Collectors.joining("; "));
    };
  }
}
