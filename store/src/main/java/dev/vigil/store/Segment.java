// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// The name and layout of a segment of decision records, as docs/record-format.md says.
///
/// @param writer the event loop that writes it
/// @param number from 1, without gaps
record Segment(int writer, long number) {

  static final int FORMAT = 1;
  static final int HEADER = 32;
  static final int FRAME_HEADER = 8;

  /// The commit word that ends a segment.
  static final int END = -1;

  private static final byte[] MAGIC = "VIGILREC".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern NAME = Pattern.compile("w(\\d{2})-(\\d{10})\\.(?:seg|pre)");

  /// The segment that a file name names, if it is one.
  static Optional<Segment> named(Path file) {
    var match = NAME.matcher(file.getFileName().toString());
    return match.matches()
        ? Optional.of(new Segment(Integer.parseInt(match.group(1)), Long.parseLong(match.group(2))))
        : Optional.empty();
  }

  Path in(Path folder) {
    return folder.resolve(name("seg"));
  }

  /// While it is not used yet.
  Path inAdvance(Path folder) {
    return folder.resolve(name("pre"));
  }

  private String name(String ending) {
    return String.format(Locale.ROOT, "w%02d-%010d.%s", writer, number, ending);
  }

  Segment next() {
    return new Segment(writer, number + 1);
  }

  byte[] header() {
    var header =
        ByteBuffer.allocate(HEADER).put(MAGIC).putInt(FORMAT).putInt(writer).putLong(number);
    var crc = new CRC32C();
    crc.update(header.array(), 0, 24);
    return header.putInt((int) crc.getValue()).array();
  }

  /// The bytes that a frame with a payload of this length takes.
  static int frame(int length) {
    return (FRAME_HEADER + length + 7) & ~7;
  }
}
