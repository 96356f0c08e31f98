// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.kernel.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// The cookie of a browser's session. `SameSite=Lax`, so that it comes along when an app sends the
/// browser here, and with nothing that changes anything: those ask for `Origin` and the CSRF token
/// beside it.
///
/// @param origin of the pages
public record SessionCookie(URI origin) {

  private SecretCookie cookie() {
    return new SecretCookie(origin, "vigil-session", "Lax");
  }

  /// The cookie's name.
  public String name() {
    return cookie().name();
  }

  /// The value of `Set-Cookie` that gives this secret to the browser.
  public String set(Secret session, Duration life) {
    return cookie().set(session, life);
  }

  /// The value of `Set-Cookie` that takes it away.
  public String clear() {
    return cookie().clear();
  }

  /// The secret that a request brings.
  public Optional<Secret> read(Request request) {
    return cookie().read(request);
  }
}
