// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.audit.DecisionRecord;
import dev.vigil.audit.DecisionRecord.Result;
import dev.vigil.audit.RecordEncoder;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DecisionId;
import dev.vigil.store.SegmentReader.Item;
import dev.vigil.store.SegmentReader.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Decision records on disk: whole or not there, whatever happens to the files.
class SegmentsTest {

  private static final long SMALL = 16 * 1024;

  @TempDir Path folder;
  private final Scene scene = new Scene(5);
  private final RecordEncoder encoder = new RecordEncoder();

  private DecisionRecord record() {
    return new DecisionRecord(
        DecisionId.random(scene),
        Scene.NOON,
        new AppId("mail"),
        scene.digest(),
        List.of(),
        1,
        List.of(),
        Optional.empty(),
        new Result.Rejected("access.token-missing"));
  }

  private boolean append(SegmentWriter writer, DecisionRecord record) {
    assertThat(encoder.encode(record)).isEqualTo(RecordEncoder.Encoded.DONE);
    return writer.append(encoder.payload());
  }

  private SegmentWriter writer(long number) throws IOException {
    return new SegmentWriter(folder, new Segment(0, number), SMALL);
  }

  private List<Item> everything() throws IOException {
    var items = new ArrayList<Item>();
    try (var reader = SegmentReader.from(folder, Place.first(0))) {
      for (var item = reader.next(); !(item instanceof Item.NothingYet); item = reader.next())
        items.add(item);
    }
    return items;
  }

  private static List<DecisionRecord> recordsOf(List<Item> items) {
    return items.stream()
        .filter(Item.Recorded.class::isInstance)
        .map(item -> ((Item.Recorded) item).record())
        .toList();
  }

  @Test
  void what_was_appended_is_read_back_over_many_segments() throws IOException {
    var written = new ArrayList<DecisionRecord>();
    var writer = writer(1);
    for (int i = 0; i < 1000; i++) {
      written.add(record());
      assertThat(append(writer, written.getLast())).isTrue();
      writer.prepare();
    }
    writer.close();
    assertThat(recordsOf(everything())).isEqualTo(written);
    assertThat(SegmentRecovery.segments(folder, 0, "seg")).hasSizeGreaterThan(5);
    assertThat(SegmentRecovery.segments(folder, 0, "pre")).isEmpty();
  }

  @Test
  void without_room_nothing_is_taken_and_nothing_waits() throws IOException {
    var writer = writer(1);
    int taken = 0;
    while (append(writer, record())) taken++;
    assertThat(append(writer, record())).isFalse();
    writer.prepare();
    assertThat(append(writer, record())).isTrue();
    writer.close();
    assertThat(append(writer, record())).isFalse();
    assertThat(recordsOf(everything())).hasSize(taken + 1);
  }

  @Test
  void a_reader_follows_a_writer_at_work() throws Exception {
    var writer = writer(1);
    int total = 20_000;
    var reading = CompletableFuture.supplyAsync(() -> follow(total));
    var written = new ArrayList<DecisionRecord>();
    for (int i = 0; i < total; i++) {
      written.add(record());
      while (!append(writer, written.getLast())) {
        writer.prepare();
        writer.sync();
      }
    }
    writer.close();
    assertThat(reading.join()).isEqualTo(written);
  }

  private List<DecisionRecord> follow(int total) {
    var read = new ArrayList<DecisionRecord>();
    try (var reader = SegmentReader.from(folder, Place.first(0))) {
      while (read.size() < total) {
        switch (reader.next()) {
          case Item.Recorded recorded -> read.add(recorded.record());
          case Item.NothingYet _ -> Thread.onSpinWait();
          case Item.Damaged damaged -> throw new AssertionError("damaged at " + damaged.place());
        }
      }
      return read;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_reader_begins_where_it_is_told() throws IOException {
    var writer = writer(1);
    for (int i = 0; i < 10; i++) append(writer, record());
    writer.close();
    var fourth = (Item.Recorded) everything().get(3);
    try (var reader = SegmentReader.from(folder, fourth.place())) {
      assertThat(reader.next()).isEqualTo(fourth);
    }
  }

  @Test
  void opening_again_ends_the_old_segment_and_begins_a_new_one() throws IOException {
    var first = OpenStore.done(RecordSegments.open(folder, 2, SMALL));
    var record = record();
    append(first.writer(0), record);
    first.close();
    var second = OpenStore.done(RecordSegments.open(folder, 2, SMALL));
    var later = record();
    append(second.writer(0), later);
    second.close();
    assertThat(second.damaged()).isEmpty();
    assertThat(recordsOf(everything())).containsExactly(record, later);
  }

  @Test
  void bytes_without_a_commit_word_are_cut_and_whole_records_stay() throws IOException {
    var writer = writer(1);
    var record = record();
    append(writer, record);
    writer.sync();
    long end = (long) Segment.HEADER + Segment.frame(encoder.payload().limit());
    var torn = new Segment(0, 1).in(folder);
    try (var channel = FileChannel.open(torn, StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}), end + 8);
    }
    assertThat(new SegmentRecovery(folder, 0).recover().damaged()).isEmpty();
    assertThat(Files.size(torn)).isEqualTo(end + Segment.FRAME_HEADER);
    assertThat(recordsOf(everything())).containsExactly(record);
  }

  @Test
  void flipped_or_cut_files_never_yield_a_wrong_record() throws IOException {
    var writer = writer(1);
    var written = new HashSet<DecisionRecord>();
    for (int i = 0; i < 300; i++) {
      var record = record();
      written.add(record);
      append(writer, record);
      writer.prepare();
    }
    writer.close();
    var file = new Segment(0, 2).in(folder);
    var good = Files.readAllBytes(file);
    var random = new Random(11);
    for (int round = 0; round < 500; round++) {
      damage(file, good, random);
      var items = everything();
      assertThat(written).containsAll(recordsOf(items));
      assertThat(recordsOf(items)).doesNotHaveDuplicates();
      assertThat(items)
          .anyMatch(
              item -> item instanceof Item.Recorded recorded && recorded.place().segment() == 3);
    }
    Files.write(file, good);
    assertThat(recordsOf(everything())).hasSize(300);
    Files.delete(file);
    assertThat(everything()).anyMatch(Item.Damaged.class::isInstance);
  }

  private static void damage(Path file, byte[] good, Random random) throws IOException {
    var bad = good.clone();
    for (int flips = 1 + random.nextInt(8); flips > 0; flips--)
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
    int length = random.nextBoolean() ? bad.length : random.nextInt(bad.length);
    Files.write(file, java.util.Arrays.copyOf(bad, length));
  }

  @Test
  void recovery_leaves_a_damaged_segment_as_it_is_and_says_so() throws IOException {
    var writer = writer(1);
    for (int i = 0; i < 5; i++) append(writer, record());
    writer.close();
    var file = new Segment(0, 1).in(folder);
    var bytes = Files.readAllBytes(file);
    bytes[Segment.HEADER + 20] ^= 1;
    Files.write(file, bytes);
    var opened = OpenStore.done(RecordSegments.open(folder, 1, SMALL));
    assertThat(opened.damaged()).containsExactly(file);
    opened.close();
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }
}
