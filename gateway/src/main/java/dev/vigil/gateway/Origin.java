// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import java.net.URI;
import java.util.Locale;

/// Where an app's requests go: what connections are shared by.
record Origin(String host, int port, boolean tls) {

  /// @throws IllegalArgumentException if the address is not `http` or `https` with a host
  static Origin of(URI upstream) {
    String scheme =
        upstream.getScheme() == null ? "" : upstream.getScheme().toLowerCase(Locale.ROOT);
    if (upstream.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("`" + upstream + "` is not the address of an upstream");
    }
    boolean tls = scheme.equals("https");
    String host =
        upstream.getHost().startsWith("[")
            ? upstream.getHost().substring(1, upstream.getHost().length() - 1)
            : upstream.getHost();
    return new Origin(host, upstream.getPort() > 0 ? upstream.getPort() : tls ? 443 : 80, tls);
  }
}
