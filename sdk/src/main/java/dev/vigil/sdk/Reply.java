// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A response read whole, within a limit. Its content is not shown.
record Reply(int status, Headers headers, Body body) {

  /// The most that any answer of the protocol may hold.
  static final int MOST_BYTES = 128 * 1024;

  /// Reads all of it; a longer body is refused, not cut.
  static Reply read(Transport.Response response) throws IOException, Halt {
    try (var in = response.body()) {
      var bytes = head(in);
      if (bytes.length > MOST_BYTES) {
        throw Halt.unreadable("the server's answer is too long");
      }
      return new Reply(response.status(), response.headers(), Body.of(bytes));
    }
  }

  boolean fine() {
    return status >= 200 && status < 300;
  }

  Optional<Json> json() {
    return Json.parse(body.bytes());
  }

  /// The object it must hold.
  Json mustBeJson() throws Halt {
    return json().orElseThrow(() -> Halt.unreadable("the server's answer is not JSON"));
  }

  /// As much as is read at once, and one more byte if there is more. A loop, since phones before
  /// Android 13 know no `readNBytes`.
  static byte[] head(InputStream in) throws IOException {
    var head = new byte[MOST_BYTES + 1];
    int filled = 0;
    for (int read = 0; read >= 0 && filled < head.length; ) {
      filled += read;
      read = in.read(head, filled, head.length - filled);
    }
    return Arrays.copyOf(head, filled);
  }

  static boolean isProblem(Headers headers) {
    return headers
        .first("Content-Type")
        .map(type -> type.toLowerCase(Locale.ROOT))
        .filter(type -> type.startsWith("application/problem+json"))
        .isPresent();
  }

  @Override
  public String toString() {
    return "Reply[" + status + "]";
  }
}
