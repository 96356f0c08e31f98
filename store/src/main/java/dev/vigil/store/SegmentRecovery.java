// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.store.SegmentScan.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Puts a writer's segments in order after whatever happened: shows those that were used, ends the
/// last one behind its last whole record, and leaves damaged ones as they are.
final class SegmentRecovery {

  private final Path folder;
  private final int writer;

  SegmentRecovery(Path folder, int writer) {
    this.folder = folder;
    this.writer = writer;
  }

  /// What was found.
  ///
  /// @param last the last segment there is; empty before the first
  /// @param damaged the segments whose bytes are not as they were written
  record Found(Optional<Segment> last, List<Segment> damaged) {
    Found {
      damaged = List.copyOf(damaged);
    }
  }

  Found recover() throws IOException {
    showUsed();
    var segments = segments(folder, writer, "seg");
    var damaged = new ArrayList<Segment>();
    // Those before were ended before the next one was shown.
    for (var segment : segments.subList(Math.max(0, segments.size() - 2), segments.size())) {
      if (!ended(segment)) damaged.add(segment);
    }
    return new Found(
        segments.isEmpty() ? Optional.empty() : Optional.of(segments.getLast()), damaged);
  }

  /// A segment made in advance is used if it holds anything; else it goes.
  private void showUsed() throws IOException {
    for (var segment : segments(folder, writer, "pre")) {
      boolean used;
      try (var channel = FileChannel.open(segment.inAdvance(folder), StandardOpenOption.READ)) {
        used = new SegmentScan(channel, segment, Segment.HEADER).next() instanceof Step.Frame;
      }
      if (used)
        Files.move(segment.inAdvance(folder), segment.in(folder), StandardCopyOption.ATOMIC_MOVE);
      else Files.delete(segment.inAdvance(folder));
    }
  }

  /// Ends an open segment; false if it is damaged.
  private boolean ended(Segment segment) throws IOException {
    try (var channel =
        FileChannel.open(segment.in(folder), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var scan = new SegmentScan(channel, segment, Segment.HEADER);
      Step step = scan.next();
      while (step instanceof Step.Frame) step = scan.next();
      if (step instanceof Step.Damaged) return false;
      if (step instanceof Step.Open) end(channel, scan.position());
      return true;
    }
  }

  private static void end(FileChannel channel, long position) throws IOException {
    channel.truncate(position);
    var mark = ByteBuffer.allocate(Segment.FRAME_HEADER).putInt(0, Segment.END);
    while (mark.hasRemaining()) channel.write(mark, position + mark.position());
    channel.force(true);
  }

  /// A writer's segments with this ending, in order.
  static List<Segment> segments(Path folder, int writer, String ending) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith("." + ending))
          .flatMap(file -> Segment.named(file).stream())
          .filter(segment -> segment.writer() == writer)
          .sorted(Comparator.comparingLong(Segment::number))
          .toList();
    }
  }
}
