// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.buffer.ByteBuf;

/// Follows WebSocket frames as they pass (RFC 6455 section 5.2), only to know whether one of our
/// own would fall between two of them.
final class FrameBoundary {

  private int headerBytes;
  private int headerLength = 2;
  private int extendedEnd;
  private long length;
  private long payload;

  /// Whether the last frame that passed is complete.
  boolean reached() {
    return headerBytes == 0 && payload == 0;
  }

  void pass(ByteBuf buffer) {
    int at = buffer.readerIndex();
    int end = buffer.writerIndex();
    while (at < end) {
      if (payload > 0) {
        long skipped = Math.min(payload, end - at);
        payload -= skipped;
        at += (int) skipped;
      } else {
        header(buffer.getUnsignedByte(at++));
      }
    }
  }

  private void header(int value) {
    headerBytes++;
    if (headerBytes == 2) {
      int shortLength = value & 0x7f;
      int extended = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
      headerLength = 2 + extended + ((value & 0x80) != 0 ? 4 : 0);
      extendedEnd = 2 + extended;
      length = extended == 0 ? shortLength : 0;
    } else if (headerBytes > 2 && headerBytes <= extendedEnd) {
      length = length << Byte.SIZE | value;
    }
    if (headerBytes >= 2 && headerBytes == headerLength) {
      payload = Math.max(0, length);
      headerBytes = 0;
      headerLength = 2;
    }
  }
}
