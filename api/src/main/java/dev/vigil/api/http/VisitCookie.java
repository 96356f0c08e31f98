// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/// The cookie that binds a ceremony to one browser.
///
/// @param origin of the pages
public record VisitCookie(URI origin) {

  private SecretCookie cookie() {
    return new SecretCookie(origin, "vigil-visit", "Strict");
  }

  /// The cookie's name.
  public String name() {
    return cookie().name();
  }

  /// The value of `Set-Cookie` that gives this secret to the browser.
  public String set(Secret visit, Duration life) {
    return cookie().set(visit, life);
  }

  /// The value of `Set-Cookie` that takes it away.
  public String clear() {
    return cookie().clear();
  }

  /// The secret that a request brings.
  public Optional<Secret> read(Request request) {
    return cookie().read(request);
  }

  /// The token that the page must send in `Vigil-CSRF` with every state change: derived from the
  /// visit, so that only a page that could read an answer of ours knows it.
  public static String csrfToken(Secret visit) {
    var content = new ByteArrayOutputStream();
    content.writeBytes("vigil-csrf-v1".getBytes(StandardCharsets.UTF_8));
    content.writeBytes(visit.reveal());
    return Sha256.of(content.toByteArray()).toString();
  }

  static boolean csrfMatches(Secret visit, String given) {
    return MessageDigest.isEqual(
        csrfToken(visit).getBytes(StandardCharsets.US_ASCII),
        given.getBytes(StandardCharsets.US_ASCII));
  }
}
