// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// A cookie of the pages that holds a secret. Over HTTPS it has the `__Host-` prefix; on
/// `http://localhost`, where not every browser takes `Secure` cookies, it has not.
///
/// @param origin of the pages
/// @param bare its name without the prefix
/// @param sameSite which requests from other sites it comes along with
record SecretCookie(URI origin, String bare, String sameSite) {

  private static final int LONGEST = 64;

  /// Whether the pages are served over HTTPS.
  private boolean secure() {
    return "https".equals(origin.getScheme());
  }

  String name() {
    return secure() ? "__Host-" + bare : bare;
  }

  /// The value of `Set-Cookie` that gives this secret to the browser.
  String set(Secret secret, Duration life) {
    return written(Bytes.of(secret.reveal()).toString(), life);
  }

  /// The value of `Set-Cookie` that takes it away.
  String clear() {
    return written("", Duration.ZERO);
  }

  private String written(String value, Duration life) {
    return name()
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite="
        + sameSite
        + "; Max-Age="
        + life.toSeconds()
        + (secure() ? "; Secure" : "");
  }

  /// The secret that a request brings.
  Optional<Secret> read(Request request) {
    return request.cookie(name()).flatMap(SecretCookie::decoded);
  }

  private static Optional<Secret> decoded(String value) {
    if (value.isEmpty() || value.length() > LONGEST) return Optional.empty();
    try {
      return Optional.of(Secret.of(Bytes.parse(value).toArray()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
