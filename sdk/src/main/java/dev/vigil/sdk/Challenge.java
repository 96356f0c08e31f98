// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.Headers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One `WWW-Authenticate` challenge (RFC 9110 section 11.6.1), as far as RFC 6750, 9449 and 9470
/// use it.
record Challenge(Map<String, String> parameters) {

  private static final int MOST_LETTERS = 8192;
  private static final Pattern PARAMETER =
      Pattern.compile(
          "([A-Za-z0-9_-]++)\\s*+=\\s*+(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|([^\\s,\"]++))");

  /// The challenge of this scheme, or empty if there is none.
  static Optional<Challenge> of(Headers headers, String scheme) {
    return headers.all("WWW-Authenticate").stream()
        .filter(value ->
            value.length() <= MOST_LETTERS
                && value.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1))
        .findFirst()
        .map(value -> parse(value.substring(scheme.length() + 1)));
  }

  private static Challenge parse(String text) {
    var parameters = new HashMap<String, String>();
    var matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      var quoted = matcher.group(2);
      var value = quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
    }
    return new Challenge(parameters);
  }

  boolean error(String code) {
    return code.equals(parameters.get("error"));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  List<String> strengths() {
    return parameter("acr_values")
        .map(text -> List.of(text.trim().split("\\s+")))
        .orElse(List.of());
  }

  /// RFC 9470 `max_age`, in seconds; a value that is no such number counts as zero, the strictest.
  Optional<Duration> maximumAge() {
    return parameter("max_age")
        .map(text -> Duration.ofSeconds(text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0));
  }
}
