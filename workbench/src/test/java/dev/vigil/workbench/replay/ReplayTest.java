// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.Decision;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.Answer;
import dev.vigil.workbench.replay.RecordLines.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Lines become requests again, and what other policies would make of them adds up.
class ReplayTest {

  private static final String SUBJECT =
      "\"subject\":{\"id\":\"sub_x\",\"version\":7,\"facts\":{\"population\":{\"value\":\"employee\","
          + "\"tier\":\"observed\",\"observed\":\"2026-06-01T08:00:00Z\"}}}"
          + ",\"app\":{\"id\":\"wiki\",\"version\":1,\"facts\":{\"id\":{\"value\":\"wiki\","
          + "\"tier\":\"observed\",\"observed\":\"2026-06-01T08:00:00Z\"}}}";

  private static String line(String outcome, String snapshots, String facts) {
    return "{\"id\":\"dec_1\",\"at\":\"2026-06-01T09:00:00Z\",\"app\":\"wiki\",\"outcome\":\""
        + outcome
        + "\",\"certificate\":\"x\",\"snapshots\":{"
        + snapshots
        + "},\"schema_version\":1,\"facts\":{"
        + facts
        + "},\"policy_version\":1,\"deciding\":[\"staff\"],\"reasons\":[]}";
  }

  private static CompiledPolicySet policies(String text) {
    return switch (PolicyReader.read(List.of(new PolicySource("a.yaml", text)), 2)) {
      case Reading.Loaded loaded -> loaded.set();
      case Reading.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }

  private static List<Line> read(String... lines) throws IOException {
    return read(
        new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Line> read(InputStream in) throws IOException {
    var lines = new RecordLines(in);
    var all = new ArrayList<Line>();
    for (var line = lines.next(); !(line instanceof Line.End); line = lines.next()) all.add(line);
    return all;
  }

  private static Recorded recorded(Line line) {
    if (line instanceof Line.Decided(Recorded recorded)) return recorded;
    throw new AssertionError(line);
  }

  private static String why(String... lines) throws IOException {
    return read(lines).getLast() instanceof Line.Unusable(long ignored, String why) ? why : "";
  }

  @Test
  void a_line_with_its_facts_is_the_request_it_was() throws IOException {
    var recorded =
        recorded(
            read(line(
                    "allow",
                    SUBJECT
                        + ",\"authentication\":{\"id\":\"ses_x\",\"version\":3,\"facts\":{}}"
                        + ",\"device\":{\"id\":\"dev_x\",\"version\":0}",
                    "\"request.body_bytes\":{\"value\":\"12\",\"tier\":\"observed\",\"observed\":\"2026-06-01T09:00:00Z\"},"
                        + "\"authentication.transaction_approved\":{\"value\":\"true\",\"tier\":\"observed\",\"observed\":\"2026-06-01T09:00:00Z\"}"))
                .getFirst());
    assertThat(recorded.answer()).isEqualTo(Answer.ALLOW);
    assertThat(recorded.request().subject().find("subject.population")).contains("employee");
    assertThat(recorded.request().subject().version()).isEqualTo(7);
    assertThat(recorded.request().request().find("request.body_bytes")).contains(12L);
    assertThat(recorded.request().authentication().find("authentication.transaction_approved"))
        .contains(true);
    assertThat(recorded.request().authentication().version()).isEqualTo(3);
    assertThat(recorded.request().device().find("device.id")).isEmpty();
  }

  @Test
  void facts_once_met_are_known_by_their_version() throws IOException {
    var bare = "\"subject\":{\"id\":\"sub_x\",\"version\":7}";
    assertThat(recorded(read(line("allow", SUBJECT, ""), line("allow", bare, "")).getLast()))
        .satisfies(one ->
            assertThat(one.request().subject().find("subject.population")).contains("employee"));
    assertThat(why(line("allow", bare, "")))
        .isEqualTo("it does not hold the facts of its subject; export it with `--facts`");
    assertThat(why(line("allow", SUBJECT, ""), line("allow", bare.replace("7", "8"), "")))
        .contains("does not hold the facts");
  }

  @Test
  void changes_are_counted_by_app_and_by_what_they_are_due_to() throws IOException {
    var replay =
        new Replay(
            policies(
                """
                permit:
                  staff:
                    app: wiki
                    who: subject.population == "employee"
                    require: [{name: sound, if: '!device.rooted', fix: restore, text: Restore it.}]
                """));
    for (var line :
        read(
            line("allow", SUBJECT, ""),
            line("deny", SUBJECT, ""),
            line("step_up", SUBJECT, ""),
            line("remediate", SUBJECT, "")))
      assertThat(replay.add(recorded(line))).isInstanceOf(Decision.Remediate.class);
    var summary = replay.summary();
    assertThat(summary.total()).isEqualTo(4);
    assertThat(summary.changes())
        .isEqualTo(Map.of(Change.NEWLY_DENIED, 2L, Change.OTHER, 1L, Change.SAME, 1L));
    assertThat(summary.otherReasons()).isEqualTo(1);
    assertThat(summary.causes())
        .containsEntry(
            new Replay.Group(Change.NEWLY_DENIED, "wiki", "staff/sound"),
            new Replay.Found(2, List.of("dec_1", "dec_1")));
    assertThat(summary.turns()).containsEntry(new Replay.Turn(Answer.ALLOW, Answer.REMEDIATE), 1L);
  }

  @Test
  void every_change_of_standing_has_its_name() {
    assertThat(Change.of(Answer.ALLOW, Answer.STEP_UP)).isEqualTo(Change.NEWLY_ASKED);
    assertThat(Change.of(Answer.STEP_UP, Answer.DENY)).isEqualTo(Change.NEWLY_DENIED);
    assertThat(Change.of(Answer.RESTRICTED, Answer.REMEDIATE)).isEqualTo(Change.NEWLY_DENIED);
    assertThat(Change.of(Answer.DENY, Answer.STEP_UP)).isEqualTo(Change.NOW_ASKED);
    assertThat(Change.of(Answer.DENY, Answer.RESTRICTED)).isEqualTo(Change.NEWLY_ALLOWED);
    assertThat(Change.of(Answer.ALLOW, Answer.RESTRICTED)).isEqualTo(Change.OTHER);
    assertThat(Change.of(Answer.DENY, Answer.DENY)).isEqualTo(Change.SAME);
  }

  @Test
  void what_is_no_record_is_told_and_never_passed_over() throws IOException {
    var good = line("allow", SUBJECT, "");
    assertThat(read("", "  ")).isEmpty();
    assertThat(why("{")).isEqualTo("it is not JSON");
    assertThat(why("[]")).isEqualTo("it is no JSON object");
    assertThat(why("{}")).isEqualTo("it has no `outcome`");
    assertThat(why(good + "{}")).isEqualTo("something follows its end");
    assertThat(why(good.replace("\"at\"", "\"when\"")))
        .isEqualTo("it has `when`, which records do not have");
    assertThat(why(good.replace("allow", "perhaps"))).contains("a value that is never written");
    assertThat(why(good.replace("employee", "robot"))).contains("a value that is never written");
    assertThat(why(good.replace("population", "popularity")))
        .isEqualTo("the facts schema has no `subject.popularity`");
    assertThat(why(good.replace("\"schema_version\":1", "\"schema_version\":9")))
        .isEqualTo("its facts schema has version 9");
    assertThat(why(good.replace("\"subject\":", "\"planet\":"))).contains("snapshot of `planet`");
    assertThat(why(good.replace("2026-06-01T09:00:00Z", "noon"))).contains("never written");
    assertThat(why("{\"a\":".repeat(5000))).contains("it has `a`");
    assertThat(why(good.replace("\"staff\"", "[".repeat(2000)))).contains("is not text");
    assertThat(why("{\"certificate\":" + "[".repeat(2000))).isEqualTo("it is not JSON");
    assertThat(why("\u0000\u0001")).isEqualTo("it is not JSON");
    assertThat(why("{\"id\":\"" + "x".repeat(3_000_000) + "\"}"))
        .isEqualTo("it is longer than any record");
    assertThat(read(good, "", "x".repeat(3_000_000), "  \r", "{", good))
        .hasSize(4)
        .satisfies(lines -> {
          assertThat(lines.get(1))
              .isInstanceOfSatisfying(
                  Line.Unusable.class, line -> assertThat(line.number()).isEqualTo(3));
          assertThat(lines.get(2))
              .isInstanceOfSatisfying(
                  Line.Unusable.class, line -> assertThat(line.number()).isEqualTo(5));
          assertThat(lines.get(3)).isInstanceOf(Line.Decided.class);
        });
  }

  @Test
  void what_never_reached_the_policies_is_counted_apart() throws IOException {
    var rejected =
        "{\"id\":\"dec_1\",\"at\":\"2026-06-01T09:00:00Z\",\"app\":\"wiki\",\"outcome\":\"rejected\","
            + "\"certificate\":\"x\",\"snapshots\":{\"subject\":{\"id\":\"s\",\"version\":0}},"
            + "\"schema_version\":1,\"facts\":{},\"rejection\":\"access.token-expired\"}";
    assertThat(read(rejected)).containsExactly(new Line.Rejected("access.token-expired"));
  }

  /// A stream that gives what it has a few bytes at a time.
  private static final class Trickle extends ByteArrayInputStream {
    Trickle(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] to, int from, int length) {
      return super.read(to, from, Math.min(length, 7));
    }
  }

  @Test
  void lines_are_found_however_the_bytes_arrive() throws IOException {
    var text = (line("allow", SUBJECT, "") + "\n").repeat(50);
    assertThat(read(new Trickle(text.getBytes(StandardCharsets.UTF_8))))
        .hasSize(50)
        .allSatisfy(line -> assertThat(line).isInstanceOf(Line.Decided.class));
  }
}
