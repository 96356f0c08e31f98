// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/// The cookie that binds a ceremony to one browser. Over HTTPS it has the `__Host-` prefix; on
/// `http://localhost`, where not every browser takes `Secure` cookies, it has not.
///
/// @param origin of the pages
public record VisitCookie(URI origin) {

  private static final int LONGEST = 64;

  /// Whether the pages are served over HTTPS.
  private boolean secure() {
    return "https".equals(origin.getScheme());
  }

  /// The cookie's name.
  public String name() {
    return secure() ? "__Host-vigil-visit" : "vigil-visit";
  }

  /// The value of `Set-Cookie` that gives this secret to the browser.
  public String set(Secret visit, Duration life) {
    String value = Base64.getUrlEncoder().withoutPadding().encodeToString(visit.reveal());
    return name()
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + life.toSeconds()
        + (secure() ? "; Secure" : "");
  }

  /// The value of `Set-Cookie` that takes it away.
  public String clear() {
    return name()
        + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"
        + (secure() ? "; Secure" : "");
  }

  /// The secret that a request brings.
  public Optional<Secret> read(Request request) {
    return request.cookie(name()).flatMap(VisitCookie::decoded);
  }

  private static Optional<Secret> decoded(String value) {
    if (value.isEmpty() || value.length() > LONGEST) return Optional.empty();
    try {
      return Optional.of(Secret.of(Base64.getUrlDecoder().decode(value)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
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
