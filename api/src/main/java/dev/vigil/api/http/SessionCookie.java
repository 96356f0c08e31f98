// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.kernel.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/// The cookie of a browser's session. `SameSite=Lax`, so that it comes along when an app sends the
/// browser here, and with nothing that changes anything: those ask for `Origin` and the CSRF token
/// beside it. Over HTTPS it has the `__Host-` prefix.
///
/// @param origin of the pages
public record SessionCookie(URI origin) {

  private static final int LONGEST = 64;

  private boolean secure() {
    return "https".equals(origin.getScheme());
  }

  /// The cookie's name.
  public String name() {
    return secure() ? "__Host-vigil-session" : "vigil-session";
  }

  /// The value of `Set-Cookie` that gives this secret to the browser.
  public String set(Secret session, Duration life) {
    return written(Base64.getUrlEncoder().withoutPadding().encodeToString(session.reveal()), life);
  }

  /// The value of `Set-Cookie` that takes it away.
  public String clear() {
    return written("", Duration.ZERO);
  }

  private String written(String value, Duration life) {
    return name()
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Lax; Max-Age="
        + life.toSeconds()
        + (secure() ? "; Secure" : "");
  }

  /// The secret that a request brings.
  public Optional<Secret> read(Request request) {
    return request.cookie(name()).flatMap(SessionCookie::decoded);
  }

  private static Optional<Secret> decoded(String value) {
    if (value.isEmpty() || value.length() > LONGEST) return Optional.empty();
    try {
      return Optional.of(Secret.of(Base64.getUrlDecoder().decode(value)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
