// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Which headers from outside never reach an upstream. An underscore counts as a hyphen, since many
/// servers read them as the same.
final class HeaderRules {

  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  /// Framing and identity: what says who asks, from where, over what, and for which address.
  private static final Set<String> OURS =
      Set.of(
          "authorization",
          "expect",
          "host",
          "content-length",
          "forwarded",
          "x-real-ip",
          "true-client-ip",
          "x-client-ip",
          "x-client-cert",
          "x-cluster-client-ip",
          "x-original-url",
          "x-rewrite-url",
          "x-original-host",
          "x-host",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-ssl-client-cert",
          "x-amzn-oidc-data",
          "x-amzn-oidc-identity",
          "x-amzn-oidc-accesstoken",
          "x-remote-user",
          "remote-user",
          "x-request-start",
          "early-data");

  private static final String[] OUR_PREFIXES = {
    "vigil-",
    "x-vigil-",
    "x-goog-",
    "x-forwarded-",
    "client-cert",
    "x-http2-",
    "ssl-client-",
    "x-ms-client-principal"
  };

  private static final Set<String> UNTOUCHABLE =
      Set.of("host", "content-length", "transfer-encoding", "authorization", "cookie", "expect");

  private HeaderRules() {}

  /// The lower-case name with hyphens, in which the rules are written.
  static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether a header of this canonical name from outside is kept from the upstream.
  static boolean isStripped(String canonical) {
    if (HOP_BY_HOP.contains(canonical) || OURS.contains(canonical)) return true;
    for (String prefix : OUR_PREFIXES) if (canonical.startsWith(prefix)) return true;
    return false;
  }

  /// The canonical names that `Connection` lists (RFC 9110 section 7.6.1).
  static Set<String> namedByConnection(HttpHeaders headers) {
    if (!headers.contains(HttpHeaderNames.CONNECTION)) return Set.of();
    var names = new HashSet<String>();
    for (String line : headers.getAll(HttpHeaderNames.CONNECTION)) {
      for (String token : line.split(",")) names.add(canonical(token.strip()));
    }
    return names;
  }

  /// Whether `Connection` tries to remove a header that frames the request or says what it is
  /// about.
  static boolean attacksFraming(Set<String> named) {
    return named.stream().anyMatch(UNTOUCHABLE::contains);
  }

  /// Takes out of a response what concerned only the connection to the upstream; the framing stays.
  static void stripResponse(HttpHeaders headers) {
    for (String name : namedByConnection(headers))
      if (!UNTOUCHABLE.contains(name)) headers.remove(name);
    for (String name : HOP_BY_HOP)
      if (!name.equals("transfer-encoding") && !name.equals("trailer")) headers.remove(name);
    headers.remove("alt-svc");
  }
}
