// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.access.World.AppSnapshot;
import dev.vigil.kernel.Refusal;
import dev.vigil.policy.IpAddress;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What [RequestReader] makes of the head of a request.
sealed interface Intake {

  /// It can be decided.
  ///
  /// @param path the normalised path, without a query
  /// @param query with its question mark; empty if there is none
  /// @param token the compact access token; empty if none was sent
  /// @param client the client's address; empty if a trusted proxy hides it
  record Fit(
      AppSnapshot app,
      HttpMethod method,
      String path,
      String query,
      Body body,
      boolean webSocket,
      boolean expectsContinue,
      Optional<String> token,
      Optional<IpAddress> client,
      HttpHeaders headers)
      implements Intake {

    private static final int LONGEST_LANGUAGES = 200;

    /// What the person likes to read, best first; nothing if the header makes no sense.
    List<Locale.LanguageRange> languages() {
      var header = headers.get(HttpHeaderNames.ACCEPT_LANGUAGE, "");
      if (header.isEmpty() || header.length() > LONGEST_LANGUAGES) return List.of();
      try {
        return Locale.LanguageRange.parse(header);
      } catch (IllegalArgumentException e) {
        return List.of();
      }
    }

    boolean transaction() {
      return app.isTransaction(method.name(), path);
    }
  }

  /// It cannot. `close` says that what follows on the connection cannot be trusted either.
  record Unfit(Refusal refusal, boolean close) implements Intake {}

  /// How long the body will be.
  sealed interface Body {
    record None() implements Body {}

    record Declared(long bytes) implements Body {}

    record Streamed() implements Body {}
  }
}
