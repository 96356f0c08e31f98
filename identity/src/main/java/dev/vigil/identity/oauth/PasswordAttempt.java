// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Recognises attempts to sign in with a password or a shared secret, so that they are refused by
/// name and recorded.
public final class PasswordAttempt {

  private static final Set<String> NAMES =
      Set.of(
          "username",
          "user",
          "login",
          "password",
          "passwd",
          "passcode",
          "pin",
          "otp",
          "client_secret");

  private PasswordAttempt() {}

  /// Whether a form carries one: the password grant (RFC 6749 section 4.3), or parameters of that
  /// name.
  public static boolean in(Map<String, String> form) {
    return "password".equals(form.get("grant_type"))
        || form.keySet().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .anyMatch(NAMES::contains);
  }

  /// Whether an `Authorization` header carries one: HTTP Basic or Digest.
  public static boolean inHeader(String authorization) {
    String lower = authorization.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("basic") || lower.startsWith("digest");
  }
}
