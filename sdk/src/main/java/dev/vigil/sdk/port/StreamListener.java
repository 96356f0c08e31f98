// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.port;

/// Hears what comes in on an open stream. Calls come one after another; [#closed] is the last one,
/// and always comes.
public interface StreamListener {

  /// A text message.
  void text(String message);

  /// A binary message.
  void binary(byte[] message);

  /// The stream has ended.
  void closed(CloseReason reason);

  /// Why a stream ended.
  ///
  /// @param code the WebSocket close code (RFC 6455 section 7.4); 1006 if the connection broke
  ///   without one
  /// @param text what the other side said, possibly empty
  record CloseReason(int code, String text) {

    /// Whether the gateway ended it because a reason for trust ended (1008, policy violation).
    public boolean cut() {
      return code == 1008;
    }
  }
}
