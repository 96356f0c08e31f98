// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.access.World.AppSnapshot;
import dev.vigil.kernel.Refusal;
import dev.vigil.policy.IpAddress;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
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
