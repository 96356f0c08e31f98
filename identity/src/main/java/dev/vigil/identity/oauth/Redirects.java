// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import java.util.regex.Pattern;

/// The addresses that people may be sent back to. Only plainly written ones can be registered: no
/// user information, no fragment, no percent escapes, no dot segments. They are compared byte by
/// byte, but for the port of a loopback address (RFC 8252 section 7.3).
public final class Redirects {

  private static final int LONGEST = 512;
  private static final String TAIL =
      "(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]*)*(?:\\?[A-Za-z0-9._~!$'()*+,;=:@/&-]*)?";
  private static final Pattern HTTPS =
      Pattern.compile("https://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[1-9][0-9]{0,4})?" + TAIL);
  private static final Pattern LOOPBACK =
      Pattern.compile("http://(?:127\\.0\\.0\\.1|\\[::1\\])(?::[1-9][0-9]{0,4})?" + TAIL);
  private static final Pattern PRIVATE =
      Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)+:/[A-Za-z0-9._~/-]*");
  private static final Pattern DOTS = Pattern.compile("(?:^|.*/)\\.{1,2}(?:$|[/?].*)");
  private static final Pattern PORT =
      Pattern.compile("^(http://(?:127\\.0\\.0\\.1|\\[::1\\])):[1-9][0-9]{0,4}");

  private Redirects() {}

  /// Whether this may be registered for a client of this kind.
  public static boolean registrable(String address, RegisteredClient.Kind kind) {
    if (address.length() > LONGEST || DOTS.matcher(address).matches()) return false;
    return HTTPS.matcher(address).matches()
        || (kind == RegisteredClient.Kind.NATIVE
            && (LOOPBACK.matcher(address).matches() || PRIVATE.matcher(address).matches()));
  }

  /// Whether what was asked for is what was registered.
  static boolean same(String registered, String asked) {
    if (registered.equals(asked)) return true;
    return LOOPBACK.matcher(registered).matches()
        && LOOPBACK.matcher(asked).matches()
        && PORT.matcher(registered)
            .replaceFirst("$1")
            .equals(PORT.matcher(asked).replaceFirst("$1"));
  }
}
