// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.audit.RecordLeaf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Appends payloads for one event loop. [#append] is for that one thread and touches memory only;
/// making segments, forcing them to disk and letting go of them is done by [RecordSegments]'
/// threads.
final class SegmentWriter {

  private final Path folder;
  private final long size;
  private final AtomicReference<@Nullable MappedSegment> next = new AtomicReference<>();
  private final ConcurrentLinkedQueue<MappedSegment> used = new ConcurrentLinkedQueue<>();
  private final ReentrantLock keeping = new ReentrantLock();
  private final ReentrantLock preparing = new ReentrantLock();
  private Segment last;
  private MappedSegment current;
  private volatile boolean failed;
  private volatile boolean closed;

  SegmentWriter(Path folder, Segment first, long size) throws IOException {
    this.folder = folder;
    this.size = size;
    this.current = MappedSegment.prepare(folder, first, size);
    this.last = first;
    publish(first);
    used.add(current);
    prepare();
  }

  /// Whether the payload was taken. It is not if no room was made in time, it is larger than a
  /// segment, or the disk has failed.
  boolean append(ByteBuffer payload) {
    if (failed || closed) return false;
    if (!current.hasRoom(payload.remaining()) && !roll(payload.remaining())) return false;
    current.append(payload, RecordLeaf.checksum(payload));
    return true;
  }

  private boolean roll(int length) {
    if (Segment.HEADER + Segment.frame(length) + Segment.FRAME_HEADER > size) return false;
    var following = next.getAndSet(null);
    if (following == null) return false;
    current.end();
    used.add(following);
    current = following;
    return true;
  }

  /// Makes the next segment if it is missing. In the background.
  void prepare() {
    preparing.lock();
    try {
      if (closed || failed || next.get() != null) return;
      last = last.next();
      next.set(MappedSegment.prepare(folder, last, size));
    } catch (IOException | RuntimeException e) {
      // Whatever it was, from here on nothing is taken, and access is refused.
      failed = true;
    } finally {
      preparing.unlock();
    }
  }

  /// Forces to disk what was appended and lets go of segments that have ended. In the background.
  void sync() {
    keeping.lock();
    try {
      var all = used.toArray(MappedSegment[]::new);
      for (int i = 0; i < all.length; i++) {
        publish(all[i].segment());
        boolean ended = i < all.length - 1;
        if (!ended) {
          all[i].force();
        } else {
          all[i].close();
          used.remove(all[i]);
        }
      }
    } catch (IOException | RuntimeException e) {
      failed = true;
    } finally {
      keeping.unlock();
    }
  }

  /// A segment that is used is shown to readers.
  private void publish(Segment segment) throws IOException {
    var file = segment.inAdvance(folder);
    if (!Files.exists(file)) return;
    Files.move(file, segment.in(folder), StandardCopyOption.ATOMIC_MOVE);
    try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /// Ends the segment. The event loop must have stopped.
  void close() {
    closed = true;
    sync();
    preparing.lock();
    keeping.lock();
    try {
      current.end();
      current.close();
      used.clear();
      var unused = next.getAndSet(null);
      if (unused == null) return;
      unused.close();
      Files.deleteIfExists(unused.segment().inAdvance(folder));
    } catch (IOException e) {
      throw new UncheckedIOException("the records could not be closed", e);
    } finally {
      keeping.unlock();
      preparing.unlock();
    }
  }
}
