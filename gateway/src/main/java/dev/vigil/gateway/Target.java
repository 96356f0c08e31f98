// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where a request goes: host and path, from the request line and `Host` (RFC 9112 section 3.2) or
/// from `:authority` and `:path` (RFC 9113 section 8.3.1).
sealed interface Target {

  /// @param host lower case, without a port
  /// @param path the normalised path
  /// @param query with its question mark; empty if there is none
  record Read(String host, String path, String query) implements Target {}

  record Refused(GatewayRefusal refusal) implements Target {}

  Pattern HOST = Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");
  Pattern QUERY = Pattern.compile("[\\x21\\x22\\x24-\\x7e]*");

  static Target of(HttpRequest request, Connection connection) {
    var hosts = request.headers().getAll(HttpHeaderNames.HOST);
    boolean one =
        hosts.size() == 1
            || (connection.protocol() == Connection.Protocol.HTTP_2
                && !hosts.isEmpty()
                && hosts.stream().distinct().count() == 1);
    if (!one || request.headers().contains(":authority")) return new Refused(GatewayRefusal.HOST);
    String authority = hosts.getFirst();
    String uri = request.uri();
    if (!uri.startsWith("/")) {
      var rest = afterAuthority(uri, authority);
      if (rest.isEmpty()) return new Refused(GatewayRefusal.HOST);
      uri = rest;
    }
    return read(authority, uri, connection);
  }

  /// The absolute form must name the same authority as `Host`; the rest of it begins at the path.
  /// Empty if it does not.
  private static String afterAuthority(String uri, String authority) {
    int scheme = uri.indexOf("://");
    if (scheme < 0 || !uri.substring(0, scheme).equalsIgnoreCase("https")) return "";
    int from = scheme + 3;
    int end = from;
    while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) end++;
    if (!uri.substring(from, end).equalsIgnoreCase(authority)) return "";
    return end < uri.length() && uri.charAt(end) == '/'
        ? uri.substring(end)
        : "/" + uri.substring(end);
  }

  private static Target read(String authority, String uri, Connection connection) {
    var matcher = HOST.matcher(authority);
    if (!matcher.matches()) return new Refused(GatewayRefusal.HOST);
    String host = matcher.group(1).toLowerCase(Locale.ROOT);
    if (connection.serverName().isPresent() && !connection.serverName().get().equals(host))
      return new Refused(GatewayRefusal.MISDIRECTED);
    int mark = uri.indexOf('?');
    String query = mark < 0 ? "" : uri.substring(mark);
    var path = NormalPath.of(mark < 0 ? uri : uri.substring(0, mark));
    if (path.isEmpty() || !QUERY.matcher(query).matches()) return new Refused(GatewayRefusal.PATH);
    return new Read(host, path.get(), query);
  }
}
