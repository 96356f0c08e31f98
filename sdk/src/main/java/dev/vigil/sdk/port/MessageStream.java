// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.port;

import java.io.IOException;

/// The sending half of an open stream.
public interface MessageStream extends AutoCloseable {

  /// Sends a text message.
  void send(String message) throws IOException;

  /// Sends a binary message.
  void send(byte[] message) throws IOException;

  /// Ends the stream in an orderly way; once more does nothing.
  @Override
  void close();
}
