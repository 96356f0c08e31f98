// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A segment in memory while it is written: one thread appends, another forces it to disk.
final class MappedSegment {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final VarHandle WORD = INT.varHandle();
  private static final int BLOCK = 1 << 20;

  private final Segment segment;
  private final Arena arena;
  private final MemorySegment memory;
  private long position = Segment.HEADER;
  private volatile long committed = Segment.HEADER;
  private long forced;

  private MappedSegment(Segment segment, Arena arena, MemorySegment memory) {
    this.segment = segment;
    this.arena = arena;
    this.memory = memory;
  }

  /// Makes the file in advance. It is filled with zeros, so that its blocks are there: a full disk
  /// is met here, not while a decision is recorded.
  static MappedSegment prepare(Path folder, Segment segment, long size) throws IOException {
    var file = segment.inAdvance(folder);
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options, mode)) {
      var header = ByteBuffer.wrap(segment.header());
      while (header.hasRemaining()) channel.write(header);
      var zeros = ByteBuffer.allocate(BLOCK);
      for (long at = channel.position(); at < size; at = channel.position()) {
        channel.write(zeros.clear().limit((int) Math.min(BLOCK, size - at)));
      }
      channel.force(true);
      var arena = Arena.ofShared();
      return new MappedSegment(
          segment, arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena));
    }
  }

  Segment segment() {
    return segment;
  }

  /// Whether a payload of this length and the end mark still fit.
  boolean hasRoom(int length) {
    return position + Segment.frame(length) + Segment.FRAME_HEADER <= memory.byteSize();
  }

  /// Payload and checksum first, then the commit word with release semantics.
  void append(ByteBuffer payload, int checksum) {
    int length = payload.remaining();
    MemorySegment.copy(
        MemorySegment.ofBuffer(payload), 0, memory, position + Segment.FRAME_HEADER, length);
    memory.set(INT, position + 4, checksum);
    WORD.setRelease(memory, position, length);
    position += Segment.frame(length);
    committed = position;
  }

  /// Nothing follows any more.
  void end() {
    WORD.setRelease(memory, position, Segment.END);
    position += Segment.FRAME_HEADER;
    committed = position;
  }

  /// Forces to disk what was committed since the last time. One thread at a time.
  void force() {
    long until = committed;
    if (until == forced) return;
    long from = forced & -4096L;
    memory.asSlice(from, until - from).force();
    forced = until;
  }

  /// Forces all and lets go of the memory; nobody may append any more.
  void close() {
    force();
    arena.close();
  }
}
