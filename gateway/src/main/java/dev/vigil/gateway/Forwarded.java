// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.policy.IpAddress;
import java.net.Inet6Address;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// The `Forwarded` header (RFC 7239), read from trusted proxies and written for upstreams.
final class Forwarded {

  static final String HEADER = "forwarded";

  private Forwarded() {}

  /// The client behind trusted proxies: going back from the last hop, the first address that is no
  /// trusted proxy. Empty if a hop before it is hidden or cannot be read: then nobody knows the
  /// client's address. A quoted comma or semicolon is such a hop.
  static Optional<IpAddress> client(List<String> lines, Predicate<IpAddress> trusted) {
    var hops = String.join(",", lines).split(",", -1);
    for (int i = hops.length - 1; i >= 0; i--) {
      var address = hop(hops[i]);
      if (address.isEmpty() || !trusted.test(address.get()) || i == 0) return address;
    }
    return Optional.empty();
  }

  private static Optional<IpAddress> hop(String element) {
    for (String pair : element.split(";")) {
      int equals = pair.indexOf('=');
      if (equals < 0 || !pair.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("for"))
        continue;
      return node(pair.substring(equals + 1).strip());
    }
    return Optional.empty();
  }

  /// RFC 7239 section 6: an IPv4 address, or an IPv6 address in brackets and quotes, each perhaps
  /// with a port.
  private static Optional<IpAddress> node(String value) {
    String text =
        value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
            ? value.substring(1, value.length() - 1)
            : value;
    int end = text.startsWith("[") ? text.indexOf(']') : text.indexOf(':');
    String host =
        text.startsWith("[")
            ? text.substring(1, Math.max(1, end))
            : end < 0 ? text : text.substring(0, end);
    try {
      return Optional.of(IpAddress.parse(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// What an upstream is told.
  static String header(Optional<IpAddress> client, String host) {
    return "for="
        + client.map(Forwarded::written).orElse("unknown")
        + ";host=\""
        + host
        + "\";proto=https";
  }

  private static String written(IpAddress address) {
    return address.address() instanceof Inet6Address ? "\"[" + address + "]\"" : address.toString();
  }
}
