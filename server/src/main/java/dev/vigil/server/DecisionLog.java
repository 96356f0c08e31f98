// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.audit.DecisionRecord;
import dev.vigil.store.SegmentReader;
import dev.vigil.store.SegmentReader.Item;
import dev.vigil.store.SegmentReader.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The decision records of all event loops as one log in the order of time, while a server writes
/// them or after. For one thread.
final class DecisionLog implements AutoCloseable {

  private static final Comparator<DecisionRecord> BY_TIME =
      Comparator.comparing(DecisionRecord::at).thenComparing(record -> record.id().value());

  private final Path records;
  private final Consumer<Place> damage;
  private final TreeMap<Integer, SegmentReader> loops = new TreeMap<>();

  /// @param records the folder of the segments
  /// @param damage told of every place that cannot be read
  DecisionLog(Path records, Consumer<Place> damage) {
    this.records = records;
    this.damage = damage;
  }

  /// Takes one record; says whether it wants more.
  @FunctionalInterface
  interface Taker {
    boolean take(DecisionRecord record);
  }

  /// Goes through everything that is there, the oldest first.
  void all(Taker taker) throws IOException {
    openNew();
    var heads = new PriorityQueue<Head>(Comparator.comparing(Head::record, BY_TIME));
    for (var reader : loops.values()) push(heads, reader);
    for (var head = heads.poll(); head != null; head = heads.poll()) {
      if (!taker.take(head.record())) return;
      push(heads, head.reader());
    }
  }

  private record Head(DecisionRecord record, SegmentReader reader) {}

  private void push(PriorityQueue<Head> heads, SegmentReader reader) throws IOException {
    while (true) {
      switch (reader.next()) {
        case Item.Recorded(var _, var record, var _) -> {
          heads.add(new Head(record, reader));
          return;
        }
        case Item.Damaged(var place) -> damage.accept(place);
        case Item.NothingYet() -> {
          return;
        }
      }
    }
  }

  /// The last of them; what comes after is for [#more].
  List<DecisionRecord> last(int count) throws IOException {
    var all = new ArrayList<DecisionRecord>();
    for (var place : SegmentReader.beginnings(records, Integer.MAX_VALUE))
      all.addAll(lastOf(place, count));
    all.sort(BY_TIME);
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  /// The last of one loop: looks into its newest segment, then further back until there are enough.
  private Deque<DecisionRecord> lastOf(Place first, int count) throws IOException {
    for (int segments = 1; ; segments *= 2) {
      var from = beginning(first, segments);
      var found = new ArrayDeque<DecisionRecord>();
      var reader = SegmentReader.from(records, from);
      drain(
          reader,
          record -> {
            found.add(record);
            if (found.size() > count) found.removeFirst();
          });
      if (found.size() >= count || from.segment() <= first.segment()) {
        loops.put(first.loop(), reader);
        return found;
      }
      reader.close();
    }
  }

  private Place beginning(Place first, int segments) throws IOException {
    return SegmentReader.beginnings(records, segments).stream()
        .filter(place -> place.loop() == first.loop())
        .findFirst()
        .orElse(first);
  }

  private void drain(SegmentReader reader, Consumer<DecisionRecord> taker) throws IOException {
    while (true) {
      switch (reader.next()) {
        case Item.Recorded(var _, var record, var _) -> taker.accept(record);
        case Item.Damaged(var place) -> damage.accept(place);
        case Item.NothingYet() -> {
          return;
        }
      }
    }
  }

  /// What was recorded since the last time this was asked, by all loops, also new ones.
  List<DecisionRecord> more() throws IOException {
    openNew();
    var found = new ArrayList<DecisionRecord>();
    for (var reader : loops.values()) drain(reader, found::add);
    found.sort(BY_TIME);
    return found;
  }

  private void openNew() throws IOException {
    for (var place : SegmentReader.beginnings(records, Integer.MAX_VALUE))
      loops.computeIfAbsent(place.loop(), _ -> SegmentReader.from(records, place));
  }

  @Override
  public void close() throws IOException {
    for (var reader : loops.values()) reader.close();
  }
}
