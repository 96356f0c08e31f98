// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.load;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.databind.json.JsonMapper;

/// What the load is to be; read from the input, since it holds a key and a token.
///
/// @param host the name of the app; the socket goes to a loopback address
/// @param anchors whom to trust, PEM
/// @param chain the phone's certificate and what it was issued by, PEM
/// @param http2 whether HTTP/2; otherwise HTTP/1.1 with connections that stay
/// @param parallel how many requests are under way at any time
public record Wish(
    String host,
    int port,
    String anchors,
    String chain,
    String key,
    String token,
    boolean http2,
    int parallel,
    int seconds) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public String write() {
    return JSON.writeValueAsString(this);
  }

  static Wish read(InputStream input) throws IOException {
    return JSON.readValue(input.readAllBytes(), Wish.class);
  }

  /// The same wish for HTTP/2 or HTTP/1.1.
  public Wish over(boolean version2) {
    return new Wish(host, port, anchors, chain, key, token, version2, parallel, seconds);
  }

  /// The same wish, but for this long.
  public Wish lasting(int other) {
    return new Wish(host, port, anchors, chain, key, token, http2, parallel, other);
  }

  /// The same wish with a fresh token.
  public Wish with(String other) {
    return new Wish(host, port, anchors, chain, key, other, http2, parallel, seconds);
  }

  /// The same phone, calling somebody else.
  public Wish to(int otherPort, String otherAnchors) {
    return new Wish(host, otherPort, otherAnchors, chain, key, token, http2, parallel, seconds);
  }

  @Override
  public String toString() {
    return "Wish(" + host + ", " + parallel + " at a time, " + seconds + " s)";
  }
}
