// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.View;
import dev.vigil.store.SegmentReader.Item;
import dev.vigil.store.SegmentReader.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed loses nothing it has acknowledged and leaves nothing half written.
class KilledProcessTest {

  private static final int KILLS = 5;

  @TempDir Path folder;

  @Test
  void nothing_acknowledged_is_lost_by_kill_9() throws Exception {
    var random = new Random(2026);
    Map<String, Long> stored = new HashMap<>();
    Set<String> recorded = new HashSet<>();
    for (int round = 0; round < KILLS; round++) {
      runAndKill(round, 20 + random.nextInt(300), stored, recorded);
      checkStore(stored);
      checkRecords(recorded);
    }
    assertThat(stored).isNotEmpty();
    assertThat(recorded).isNotEmpty();
  }

  private void runAndKill(int seed, int lines, Map<String, Long> stored, Set<String> recorded)
      throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Doomed.class.getName(),
            folder.toString(),
            String.valueOf(seed));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int changes = 0;
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("stored ") && ++changes == lines) kill(process);
        note(line.split(" ", -1), stored, recorded);
      }
      assertThat(changes).isGreaterThanOrEqualTo(lines);
    }
  }

  /// SIGKILL, through the handle: the process's own method would close the pipe that we still read.
  private static void kill(Process process) {
    assertThat(process.toHandle().destroyForcibly()).isTrue();
  }

  /// The last line may be cut by the kill; such a line acknowledges nothing.
  private static void note(String[] words, Map<String, Long> stored, Set<String> recorded) {
    if (words.length == 3 && words[0].equals("stored") && words[2].length() == 30)
      stored.put(words[2], Long.valueOf(words[1]));
    if (words.length == 2 && words[0].equals("recorded") && words[1].length() == 30)
      recorded.add(words[1]);
  }

  private void checkStore(Map<String, Long> stored) {
    try (var open = OpenStore.sqlite(folder)) {
      var events = open.store().read(view -> view.eventsAfter(0, Integer.MAX_VALUE));
      var found = new HashMap<String, Long>();
      for (var event : events) found.put(event.subjects().getFirst(), event.sequence());
      assertThat(found).containsAllEntriesOf(stored);
      assertThat(events.getLast().sequence()).isEqualTo(events.size());
      assertThat(open.store().<Integer>read(view -> view.subjects().size()))
          .isEqualTo(events.size());
      var versions = new HashMap<Long, String>();
      for (var policy : open.store().read((View view) -> view.policyHistory(Integer.MAX_VALUE)))
        versions.put(policy.version(), policy.files().get("base.yaml"));
      assertThat(versions).hasSize(events.size());
      for (var event : events) {
        var id = event.subjects().getFirst();
        assertThat(versions).containsEntry(event.sequence(), id);
        assertThat(open.store().<Long>read((View view) -> view.factsVersion("subject", id)))
            .isEqualTo(event.sequence());
      }
    }
  }

  private void checkRecords(Set<String> recorded) throws IOException {
    var records = folder.resolve("records");
    assertThat(OpenStore.done(RecordSegments.open(records, 1, 64 * 1024)))
        .satisfies(segments -> {
          assertThat(segments.damaged()).isEmpty();
          segments.close();
        });
    var found = new ArrayList<String>();
    try (var reader = SegmentReader.from(records, Place.first(0))) {
      for (var item = reader.next(); !(item instanceof Item.NothingYet); item = reader.next()) {
        assertThat(item).isInstanceOf(Item.Recorded.class);
        if (item instanceof Item.Recorded whole) found.add(whole.record().id().value());
      }
    }
    assertThat(new HashSet<>(found)).containsAll(recorded).hasSize(found.size());
  }
}
