// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.policy.Obligations;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Carries out the obligations of an allowed request.
final class Enforced {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private Enforced() {}

  /// Why this request may not go on under these obligations; empty if it may. A WebSocket can
  /// change things.
  static Optional<GatewayRefusal> onRequest(Obligations obligations, Intake.Fit fit) {
    String method = fit.method().name();
    if (obligations.readOnly() && (!READING.contains(method) || fit.webSocket()))
      return Optional.of(GatewayRefusal.READ_ONLY);
    if (!obligations.methods().isEmpty() && !obligations.methods().contains(method))
      return Optional.of(GatewayRefusal.OTHER_METHOD);
    return Optional.empty();
  }

  /// Whether this response would be saved as a file: every disposition but `inline` (RFC 6266
  /// section 4.2).
  static boolean refusesResponse(Obligations obligations, HttpHeaders headers) {
    if (!obligations.noDownload()) return false;
    return headers.getAll(HttpHeaderNames.CONTENT_DISPOSITION).stream()
        .anyMatch(value -> {
          int end = value.indexOf(';');
          return !(end < 0 ? value : value.substring(0, end))
              .strip()
              .toLowerCase(Locale.ROOT)
              .equals("inline");
        });
  }
}
