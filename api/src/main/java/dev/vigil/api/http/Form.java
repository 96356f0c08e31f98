// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Parameters in `application/x-www-form-urlencoded`, from a body or a query (RFC 6749 appendix B).
final class Form {

  private static final int MOST = 64;

  private Form() {}

  /// The parameters in order; a parameter that comes twice (RFC 6749 section 3.1), or without a
  /// name, is malformed.
  static Map<String, String> parse(String encoded) {
    if (encoded.isEmpty()) return Map.of();
    var parameters = new LinkedHashMap<String, String>();
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (name.isEmpty()) throw new Request.Malformed("a parameter has no name");
      if (parameters.put(name, value) != null)
        throw new Request.Malformed("the parameter `" + shown(name) + "` came twice");
      if (parameters.size() > MOST)
        throw new Request.Malformed("there are more than " + MOST + " parameters");
    }
    return Collections.unmodifiableMap(parameters);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Request.Malformed("a parameter has a broken percent escape");
    }
  }

  private static String shown(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "..." : name;
  }
}
