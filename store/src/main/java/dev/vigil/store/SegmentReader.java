// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.audit.DecisionRecord;
import dev.vigil.audit.RecordDecoder;
import dev.vigil.audit.RecordLeaf;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import dev.vigil.store.SegmentScan.Step;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the records of one event loop in order, while they are written or after. Ask [#next] again
/// after [Item.NothingYet]; damage is told and passed over, never guessed at. Not for several
/// threads at once.
public final class SegmentReader implements AutoCloseable {

  private final Path folder;
  private Segment segment;
  private @Nullable FileChannel channel;
  private @Nullable SegmentScan scan;
  private long start;
  private boolean told;

  private SegmentReader(Path folder, Place from) {
    this.folder = folder;
    this.segment = new Segment(from.loop(), from.segment());
    this.start = from.offset();
  }

  /// Where a record stands.
  ///
  /// @param segment the segment's number, from 1
  /// @param offset in the segment, in bytes
  public record Place(int loop, long segment, long offset) {

    /// The beginning of a loop's records.
    public static Place first(int loop) {
      return new Place(loop, 1, Segment.HEADER);
    }
  }

  /// What comes next.
  public sealed interface Item {

    /// A record.
    ///
    /// @param leaf its hash in the tamper-evident log (RFC 6962 section 2.1)
    record Recorded(Place place, DecisionRecord record, Sha256 leaf) implements Item {}

    /// The rest of a segment cannot be read: it was damaged after it was written, or is missing.
    record Damaged(Place place) implements Item {}

    /// Everything that was committed has been read.
    record NothingYet() implements Item {}
  }

  /// Begins at a place, in the folder of a data folder's records. Nothing is opened before it is
  /// asked for.
  public static SegmentReader from(Path records, Place place) {
    return new SegmentReader(records, place);
  }

  /// Where each event loop's records begin that are there, or its last ones.
  ///
  /// @param segments how many segments of each loop, counted from the newest
  public static List<Place> beginnings(Path records, int segments) throws IOException {
    if (!Files.isDirectory(records)) return List.of();
    var loops = new TreeMap<Integer, List<Segment>>();
    try (var files = Files.list(records)) {
      files
          .filter(file -> file.toString().endsWith(".seg"))
          .flatMap(file -> Segment.named(file).stream())
          .sorted(Comparator.comparingLong(Segment::number))
          .forEach(segment ->
              loops.computeIfAbsent(segment.writer(), _ -> new ArrayList<>()).add(segment));
    }
    return loops.values().stream()
        .map(all -> all.get(Math.max(0, all.size() - segments)))
        .map(first -> new Place(first.writer(), first.number(), Segment.HEADER))
        .toList();
  }

  /// The next record, or why there is none.
  ///
  /// @throws IOException if the disk cannot be read
  public Item next() throws IOException {
    while (true) {
      var open = scan();
      if (open == null) {
        if (!laterExists()) return new Item.NothingYet();
        // It may have been shown between the two looks; segments are shown in order.
        if (Files.exists(segment.in(folder))) continue;
        return damagedThenOn();
      }
      switch (open.next()) {
        case Step.Frame(long offset, Bytes payload) -> {
          return item(new Place(segment.writer(), segment.number(), offset), payload.toArray());
        }
        case Step.Ended _ -> goOn();
        case Step.Open _ -> {
          if (!laterExists()) return new Item.NothingYet();
          // The writer ends a segment before it shows the next one, so look once more before
          // calling it damage.
          switch (open.next()) {
            case Step.Frame(long offset, Bytes payload) -> {
              return item(new Place(segment.writer(), segment.number(), offset), payload.toArray());
            }
            case Step.Ended _ -> goOn();
            case Step.Open _, Step.Damaged _ -> {
              return damagedThenOn();
            }
          }
        }
        case Step.Damaged _ -> {
          if (laterExists()) return damagedThenOn();
          if (told) return new Item.NothingYet();
          told = true;
          return new Item.Damaged(place());
        }
      }
    }
  }

  private Item item(Place place, byte[] payload) {
    return switch (RecordDecoder.decode(payload)) {
      case RecordDecoder.Decoded.Whole(DecisionRecord record) ->
          new Item.Recorded(place, record, RecordLeaf.hash(payload));
      case RecordDecoder.Decoded.Malformed _, RecordDecoder.Decoded.OtherFormat _ ->
          new Item.Damaged(place);
    };
  }

  /// Null while the segment is not there.
  private @Nullable SegmentScan scan() throws IOException {
    if (scan != null) return scan;
    var file = segment.in(folder);
    if (!Files.exists(file)) return scan;
    channel = FileChannel.open(file, StandardOpenOption.READ);
    scan = new SegmentScan(channel, segment, start);
    return scan;
  }

  private Item damagedThenOn() throws IOException {
    var place = place();
    boolean known = told;
    goOn();
    return known ? next() : new Item.Damaged(place);
  }

  private Place place() {
    return new Place(segment.writer(), segment.number(), scan == null ? start : scan.position());
  }

  private void goOn() throws IOException {
    close();
    segment = segment.next();
    start = Segment.HEADER;
    told = false;
  }

  private boolean laterExists() throws IOException {
    return Files.exists(folder)
        && later().stream().anyMatch(other -> other.number() > segment.number());
  }

  private List<Segment> later() throws IOException {
    return SegmentRecovery.segments(folder, segment.writer(), "seg");
  }

  @Override
  public void close() throws IOException {
    if (channel != null) channel.close();
    channel = null;
    scan = null;
  }
}
