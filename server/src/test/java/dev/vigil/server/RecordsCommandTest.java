// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.access.AccessRefusal;
import dev.vigil.access.AccessToken;
import dev.vigil.access.Attempt;
import dev.vigil.access.Verdict;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DecisionId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.server.TestServer.Ran;
import dev.vigil.store.DataFolder;
import dev.vigil.store.RecordSegments;
import dev.vigil.testkit.SeededEntropy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What `vigil records` shows of what several event loops recorded, also while they still do.
class RecordsCommandTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final SeededEntropy entropy = new SeededEntropy(7);
  private final SubjectId alice = SubjectId.random(entropy);
  private final List<DecisionId> written = new ArrayList<>();

  @TempDir Path folder = Path.of("");
  private TestServer it;

  @BeforeEach
  void place() throws Exception {
    it = new TestServer(folder);
    Files.createDirectories(it.data());
    Files.writeString(
        it.data().resolve("vigil.format"), "vigil data folder\nformat 1\ndatabase sqlite\n");
  }

  private RecordSegments segments(int loops) {
    if (DataFolder.open(it.data()) instanceof Outcome.Done<DataFolder>(DataFolder open)
        && RecordSegments.open(open, loops)
            instanceof Outcome.Done<RecordSegments>(RecordSegments segments)) {
      open.close();
      return segments;
    }
    throw new AssertionError("the folder can be opened");
  }

  private void write(RecordSegments segments, int loop) {
    var at = NOON.plusSeconds(written.size());
    var seen = new Evidence(EvidenceTier.OBSERVED, at);
    var id = DecisionId.random(entropy);
    var certificate = Sha256.of(new byte[] {1});
    var token =
        new AccessToken(SessionId.random(entropy), alice, certificate, at.plusSeconds(300), 1);
    var attempt =
        new Attempt(
            certificate,
            Optional.of(token),
            new AppId("banking"),
            Facts.unknown(Entity.CONNECTION),
            Facts.unknown(Entity.NETWORK),
            Facts.about(Entity.REQUEST, "", 0)
                .put("request.method", "GET", seen)
                .put("request.path", "/accounts", seen)
                .build(),
            Optional.empty(),
            at);
    var verdict = new Verdict.Rejected(id, AccessRefusal.SESSION_ENDED);
    assertThat(segments.ofLoop(loop).append(attempt, verdict)).isTrue();
    written.add(id);
  }

  private Ran records(String... words) {
    var all = new ArrayList<>(List.of("records"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", it.config.toString()));
    return it.vigil(all.toArray(String[]::new));
  }

  private static List<String> ids(Ran ran) {
    assertThat(ran.code()).as(ran.errors()).isZero();
    return ran.output().lines().map(line -> JSON.readTree(line).path("id").asString()).toList();
  }

  private List<String> expected(int from) {
    return written.subList(from, written.size()).stream().map(DecisionId::value).toList();
  }

  @Test
  void all_loops_are_one_log_in_the_order_of_time_over_restarts_and_beside_a_writer() {
    for (int run = 0; run < 3; run++) {
      try (var segments = segments(3)) {
        for (int i = 0; i < 30; i++) write(segments, (i * 7 + run) % 3);
        assertThat(ids(records("export"))).isEqualTo(expected(0));
        assertThat(ids(records("tail", "--json", "--last", "40")))
            .isEqualTo(expected(Math.max(0, written.size() - 40)));
      }
    }
    assertThat(ids(records("tail", "--json", "--last", "70"))).isEqualTo(expected(20));
    assertThat(ids(records("export", "--after", NOON.plusSeconds(49).toString())))
        .isEqualTo(expected(50));
  }

  @Test
  void a_loop_that_was_quiet_for_long_still_has_its_say_among_the_last() {
    try (var segments = segments(2)) {
      for (int i = 0; i < 10; i++) write(segments, 0);
    }
    try (var segments = segments(2)) {
      for (int i = 0; i < 3; i++) write(segments, 1);
    }
    try (var segments = segments(2)) {
      write(segments, 1);
    }
    assertThat(ids(records("tail", "--json", "--last", "6"))).isEqualTo(expected(8));
  }

  @Test
  void what_comes_after_the_last_is_followed_also_from_a_new_loop() throws Exception {
    try (var log = new DecisionLog(it.data().resolve("records"), place -> {})) {
      try (var segments = segments(1)) {
        write(segments, 0);
        assertThat(log.last(5)).extracting("id").containsExactlyElementsOf(written);
        write(segments, 0);
        assertThat(log.more()).extracting("id").containsExactly(written.getLast());
        assertThat(log.more()).isEmpty();
      }
      try (var segments = segments(2)) {
        write(segments, 1);
        write(segments, 0);
        assertThat(log.more()).extracting("id").containsExactlyElementsOf(written.subList(2, 4));
      }
    }
  }

  @Test
  void one_decision_is_found_by_the_reference_that_the_person_quotes() {
    try (var segments = segments(2)) {
      for (int i = 0; i < 4; i++) write(segments, i % 2);
    }
    var shown = records("show", written.get(2).value());
    assertThat(shown.output())
        .contains(written.get(2).value(), "rejected", "access.session-ended", alice.value())
        .contains("request.path  /accounts");
    assertThat(ids(records("show", "--json", written.get(3).value())))
        .containsExactly(written.get(3).value());
    assertThat(records("show", DecisionId.random(entropy).value()))
        .returns(1, Ran::code)
        .satisfies(ran -> assertThat(ran.errors()).contains("no record here"));
    assertThat(records("show", "42")).returns(2, Ran::code);
    assertThat(records("export", "--after", "yesterday")).returns(2, Ran::code);
  }

  @Test
  void people_read_one_line_a_decision() {
    try (var segments = segments(1)) {
      write(segments, 0);
    }
    assertThat(records("tail").output().strip())
        .isEqualTo(
            "2026-11-22 12:00:00.000Z  rejected  "
                + alice.value()
                + "  banking  GET /accounts  access.session-ended  "
                + written.getFirst().value());
  }

  @Test
  void damage_is_told_and_the_rest_is_shown() throws Exception {
    try (var segments = segments(1)) {
      for (int i = 0; i < 3; i++) write(segments, 0);
    }
    try (var segments = segments(1)) {
      write(segments, 0);
    }
    var first = it.data().resolve("records/w00-0000000001.seg");
    var bytes = Files.readAllBytes(first);
    bytes[100] ^= 1;
    Files.write(first, bytes);
    var ran = records("export");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.errors()).contains("damaged: loop 0, segment 1");
    assertThat(ran.output()).contains(written.getLast().value());
  }
}
