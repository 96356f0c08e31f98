// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.Answer;
import dev.vigil.workbench.PolicyFolder;
import dev.vigil.workbench.replay.RecordLines.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The records in `examples/bank/records`, which the demo made, decided again.
class BankReplayTest {

  private static final Path BANK =
      Path.of(System.getProperty("vigil.root", ".."), "examples", "bank");

  private static List<Recorded> records() throws IOException {
    var records = new ArrayList<Recorded>();
    try (var in = Files.newInputStream(BANK.resolve("records/decisions.jsonl"))) {
      var lines = new RecordLines(in);
      while (true) {
        switch (lines.next()) {
          case Line.Decided(Recorded recorded) -> records.add(recorded);
          case Line.Rejected ignored -> {}
          case Line.Unusable unusable -> throw new AssertionError(unusable);
          case Line.End ignored -> {
            return records;
          }
        }
      }
    }
  }

  private static CompiledPolicySet policies(String from, String to) throws IOException {
    var files = new TreeMap<String, String>();
    try (var entries = Files.newDirectoryStream(BANK.resolve("policies"), "*.yaml")) {
      for (var file : entries)
        files.put(String.valueOf(file.getFileName()), Files.readString(file).replace(from, to));
    }
    List<PolicySource> sources = PolicyFolder.of(files).policies();
    return switch (PolicyReader.read(sources, 1)) {
      case Reading.Loaded loaded -> loaded.set();
      case Reading.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }

  @Test
  void every_record_is_decided_as_it_was_by_the_same_rules_for_the_same_reasons()
      throws IOException {
    var policies = policies("", "");
    var records = records();
    assertThat(records).hasSizeGreaterThan(30);
    for (var recorded : records) {
      var decision = policies.decide(recorded.request());
      var basis = decision.basis();
      assertThat(Answer.of(decision)).as(recorded.reference()).isEqualTo(recorded.answer());
      assertThat(basis.deciding()).containsExactlyElementsOf(recorded.deciding());
      assertThat(basis.reasons().stream().map(Recorded.Cause::of).toList())
          .containsExactlyElementsOf(recorded.reasons());
      assertThat(basis.validUntil()).isBeforeOrEqualTo(recorded.validUntil().orElse(Instant.MAX));
    }
  }

  @Test
  void stricter_policies_deny_newly_and_the_replay_says_whom_and_why() throws IOException {
    var replay = new Replay(policies("", ""));
    var stricter = new Replay(policies("date(\"2026-06-01\")", "date(\"2027-01-01\")"));
    for (var recorded : records()) {
      replay.add(recorded);
      stricter.add(recorded);
    }
    assertThat(replay.summary().of(Change.SAME)).isEqualTo(replay.summary().total());
    assertThat(replay.summary().otherReasons()).isZero();
    var summary = stricter.summary();
    assertThat(summary.of(Change.NEWLY_DENIED)).isPositive();
    assertThat(summary.of(Change.NEWLY_ALLOWED)).isZero();
    assertThat(summary.byApp().get("partner-api"))
        .as("a partner has no phone to patch")
        .containsOnlyKeys(Change.SAME);
    assertThat(summary.causes().keySet())
        .filteredOn(group -> group.change() == Change.NEWLY_DENIED)
        .extracting(Replay.Group::cause)
        .contains("patched/update-os");
  }
}
