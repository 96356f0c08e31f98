// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import java.time.Duration;

/// How much of everything one client may use. Sizes are in bytes.
///
/// @param connections open client connections of the whole gateway
/// @param streams concurrent HTTP/2 streams of one connection
/// @param body the largest request body; [Long#MAX_VALUE] if without limit
/// @param transactionBody the largest body of a transaction, which is held in memory
/// @param handshake from the connection to the end of the TLS handshake
/// @param head from the end of one request to the complete head of the next: idle time and slow
///   heads alike
/// @param bodyPause between two parts of a request's body
/// @param stall how long a client may take nothing of what waits for it
/// @param connect to open a connection to an upstream
/// @param answer from the end of the request to the head of the upstream's response
/// @param answerPause between two parts of an upstream's response, except event streams and
///   WebSockets
/// @param drain how long [Gateway#close] waits for requests under way
public record Limits(
    int connections,
    int streams,
    int requestLine,
    int headerBytes,
    int headers,
    long body,
    int transactionBody,
    Duration handshake,
    Duration head,
    Duration bodyPause,
    Duration stall,
    Duration connect,
    Duration answer,
    Duration answerPause,
    Duration drain) {

  /// What suits most houses.
  public static final Limits STANDARD =
      new Limits(
          20_000,
          128,
          8 * 1024,
          16 * 1024,
          100,
          Long.MAX_VALUE,
          64 * 1024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          Duration.ofSeconds(20));

  public Limits {
    if (connections < 1
        || streams < 1
        || requestLine < 64
        || headerBytes < 256
        || headers < 4
        || body < 0
        || transactionBody < 0) {
      throw new IllegalArgumentException("a limit is too small to serve anyone");
    }
  }
}
