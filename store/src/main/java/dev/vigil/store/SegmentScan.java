// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.audit.RecordEncoder;
import dev.vigil.audit.RecordLeaf;
import dev.vigil.kernel.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/// Reads one segment's frames and believes none of its bytes. The writer may be at work on it.
final class SegmentScan {

  private final FileChannel channel;
  private final ByteBuffer word = ByteBuffer.allocate(Segment.FRAME_HEADER);
  private final boolean ours;
  private long position;

  /// Begins at a position of a segment's file; of a file with another header nothing is read.
  SegmentScan(FileChannel channel, Segment segment, long position) throws IOException {
    this.channel = channel;
    this.position = position;
    this.ours = headerFits(segment);
  }

  /// What comes next in a segment.
  sealed interface Step {

    /// A payload whose checksum fits.
    record Frame(long offset, Bytes payload) implements Step {}

    /// Nothing was written here yet.
    record Open() implements Step {}

    /// The segment ends here.
    record Ended() implements Step {}

    /// These bytes were never written so.
    record Damaged(long offset) implements Step {}
  }

  long position() {
    return position;
  }

  private boolean headerFits(Segment segment) throws IOException {
    var header = ByteBuffer.allocate(Segment.HEADER);
    fill(header, 0);
    return Arrays.equals(header.array(), segment.header());
  }

  /// The next frame, which is then behind us; all other answers leave the position where it is.
  Step next() throws IOException {
    if (!ours || position < Segment.HEADER || position % 8 != 0) return new Step.Damaged(position);
    if (!fill(word, position))
      return word.position() == 0 ? new Step.Open() : new Step.Damaged(position);
    int length = word.getInt(0);
    if (length == 0) return new Step.Open();
    if (length == Segment.END) return new Step.Ended();
    if (length < 0 || length > RecordEncoder.MAX_PAYLOAD) return new Step.Damaged(position);
    // The checksum is read again: the commit word says that it is there now, not that it was in the
    // first read.
    fill(word, position);
    int checksum = word.getInt(4);
    var payload = ByteBuffer.allocate(length);
    if (!fill(payload, position + Segment.FRAME_HEADER)) return new Step.Damaged(position);
    payload.flip();
    if (RecordLeaf.checksum(payload) != checksum) return new Step.Damaged(position);
    var frame = new Step.Frame(position, Bytes.of(payload.array()));
    position += Segment.frame(length);
    return frame;
  }

  private boolean fill(ByteBuffer target, long from) throws IOException {
    target.clear();
    while (target.hasRemaining()) {
      if (channel.read(target, from + target.position()) < 0) return false;
    }
    return true;
  }
}
