// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.access.AdviceRecords;
import dev.vigil.access.DecisionRecords;
import dev.vigil.kernel.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The decision records of a data folder while a server writes them: one writer per event loop, and
/// two threads that make segments in advance and force them to disk.
public final class RecordSegments implements AutoCloseable {

  /// How large a segment is unless told otherwise, in bytes.
  public static final long SEGMENT_SIZE = 64L << 20;

  private static final int SYNC_MILLIS = 100;
  private static final int PREPARE_MILLIS = 20;
  private static final int MOST_WRITERS = 100;

  private final List<SegmentWriter> writers;
  private final List<Path> damaged;
  private final ScheduledExecutorService threads;

  private RecordSegments(List<SegmentWriter> writers, List<Path> damaged) {
    this.writers = List.copyOf(writers);
    this.damaged = List.copyOf(damaged);
    this.threads =
        Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("records-", 0).daemon().factory());
    var _ =
        threads.scheduleWithFixedDelay(
            () -> writers.forEach(SegmentWriter::sync),
            SYNC_MILLIS,
            SYNC_MILLIS,
            TimeUnit.MILLISECONDS);
    var _ =
        threads.scheduleWithFixedDelay(
            () -> writers.forEach(SegmentWriter::prepare),
            PREPARE_MILLIS,
            PREPARE_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /// Puts the segments of earlier runs in order and begins a new one per event loop.
  ///
  /// @param loops how many event loops record decisions, 1 to 100
  public static Outcome<RecordSegments> open(DataFolder folder, int loops) {
    return open(folder.records(), loops, SEGMENT_SIZE);
  }

  static Outcome<RecordSegments> open(Path folder, int loops, long size) {
    if (loops < 1 || loops > MOST_WRITERS)
      throw new IllegalArgumentException("there are 1 to 100 event loops, not " + loops);
    var writers = new ArrayList<SegmentWriter>();
    var damaged = new ArrayList<Path>();
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      for (int writer = 0; writer < loops; writer++) {
        var found = new SegmentRecovery(folder, writer).recover();
        found.damaged().forEach(segment -> damaged.add(segment.in(folder)));
        writers.add(
            new SegmentWriter(
                folder, found.last().map(Segment::next).orElse(new Segment(writer, 1)), size));
      }
      return Outcome.done(new RecordSegments(writers, damaged));
    } catch (IOException e) {
      writers.forEach(SegmentWriter::close);
      return Outcome.refused(StoreRefusal.FOLDER_UNUSABLE, "`" + folder + "`");
    }
  }

  /// Where one event loop records its decisions, and others re-decide the streams that it opened.
  public DecisionRecords ofLoop(int loop) {
    return new RecordedDecisions(writers.get(loop));
  }

  /// Where answers to other enforcement points are recorded, by any thread: with a writer of its
  /// own, so that nobody waits for an event loop's.
  public AdviceRecords ofAdvice(int writer) {
    return new RecordedAdvice(writers.get(writer));
  }

  SegmentWriter writer(int loop) {
    return writers.get(loop);
  }

  /// Segments of earlier runs whose bytes are not as they were written: a matter for the
  /// administrator.
  public List<Path> damaged() {
    return damaged;
  }

  /// Ends after forcing everything to disk. The event loops must have stopped.
  @Override
  public void close() {
    threads.close();
    writers.forEach(SegmentWriter::close);
  }
}
