// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/// Addresses and URLs as they are written in a configuration; empty if they are not.
final class Endpoints {

  private Endpoints() {}

  static Optional<InetSocketAddress> socketAddress(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) return Optional.empty();
    try {
      var host = InetAddress.ofLiteral(text.substring(0, colon).replaceAll("^\\[|]$", ""));
      return Optional.of(new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Optional<URI> origin(String text, List<String> schemes) {
    return uri(text)
        .filter(uri ->
            uri.getHost() != null
                && uri.getRawPath().isEmpty()
                && uri.getRawQuery() == null
                && uri.getRawUserInfo() == null
                && schemes.contains(uri.getScheme()));
  }

  static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
