// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.replay;

import dev.vigil.policy.FactsSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Decision records as lines of JSON, read one by one from a stream of any length. Blank lines are
/// nothing; every other line is a record or is told to be none.
public final class RecordLines {

  private static final int LONGEST = 1024 * 1024;
  private static final int AT_ONCE = 64 * 1024;

  private final InputStream in;
  private final LineReader reader;
  private byte[] buffer = new byte[AT_ONCE];
  private int from;
  private int to;
  private long number;

  /// Records for policies that mention standard facts only.
  public RecordLines(InputStream in) {
    this(in, FactsSchema.standard());
  }

  /// @param in UTF-8; snapshots are looked up by id and version only within one stream
  /// @param schema the facts that the policies may mention
  public RecordLines(InputStream in, FactsSchema schema) {
    this.in = in;
    this.reader = new LineReader(schema);
  }

  /// What a line is.
  public sealed interface Line {

    /// The policies were asked.
    record Decided(Recorded recorded) implements Line {}

    /// The request was rejected before the policies were asked.
    record Rejected(String code) implements Line {}

    /// Not a record that can be decided again.
    ///
    /// @param number the line's number, from 1
    record Unusable(long number, String why) implements Line {}

    /// There is nothing more.
    record End() implements Line {}
  }

  /// The next line.
  ///
  /// @throws IOException if the stream cannot be read
  public Line next() throws IOException {
    while (true) {
      int end = endOfLine();
      if (end < 0) return tooLong();
      if (end == from && to == from) return new Line.End();
      number++;
      int start = from;
      from = Math.min(end + 1, to);
      if (!blank(start, end)) return reader.read(buffer, start, end - start, number);
    }
  }

  private boolean blank(int start, int end) {
    for (int i = start; i < end; i++) if (buffer[i] != ' ' && buffer[i] != '\r') return false;
    return true;
  }

  /// The index of the next line break, or of the end; -1 if the line is longer than any record.
  private int endOfLine() throws IOException {
    int looked = from;
    while (true) {
      for (int i = looked; i < to; i++) if (buffer[i] == '\n') return i;
      int known = to - from;
      if (known > LONGEST) return -1;
      if (!fill()) return to;
      looked = from + known;
    }
  }

  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) buffer = Arrays.copyOf(buffer, buffer.length * 2);
    int read = in.read(buffer, to, buffer.length - to);
    if (read <= 0) return false;
    to += read;
    return true;
  }

  private Line tooLong() throws IOException {
    number++;
    while (true) {
      for (int i = from; i < to; i++) {
        if (buffer[i] != '\n') continue;
        from = i + 1;
        return new Line.Unusable(number, "it is longer than any record");
      }
      from = to;
      if (!fill()) return new Line.Unusable(number, "it is longer than any record");
    }
  }
}
