// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Texts on a stream, each behind its length in bytes.
final class Frames {

  private static final int LONGEST = 256 * 1024 * 1024;

  private Frames() {}

  static void write(DataOutputStream output, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.writeInt(bytes.length);
    output.write(bytes);
    output.flush();
  }

  /// @throws IOException if the stream ends, or what comes is no such text
  static String read(DataInputStream input) throws IOException {
    int length = input.readInt();
    if (length < 0 || length > LONGEST) throw new IOException("this is not the solver");
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) throw new IOException("the solver ended");
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
