// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.identity.Authentication.Strength;
import dev.vigil.kernel.Outcome;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The parameters of an OAuth request; one without a value counts as missing (RFC 6749 section
/// 3.1).
record Parameters(Map<String, String> all) {

  /// The form of `max_age`.
  static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  Optional<String> find(String name) {
    return Optional.ofNullable(all.get(name)).filter(value -> !value.isEmpty());
  }

  Outcome<String> require(String name) {
    return find(name).map(Outcome::done).orElseGet(() -> missing(name));
  }

  /// Whether the parameter is there in another form.
  boolean breaks(String name, Pattern form) {
    return find(name).filter(text -> !form.matcher(text).matches()).isPresent();
  }

  /// What `acr_values` ask for. They are alternatives, so the weakest of those that are known and
  /// not below `least` is enough.
  Optional<Strength> strength(Strength least) {
    return Arrays.stream(find("acr_values").orElse("").split(" ", -1))
        .flatMap(value -> Strength.named(value).stream())
        .filter(strength -> strength.compareTo(least) >= 0)
        .min(Comparator.naturalOrder());
  }

  static <T> Outcome<T> missing(String name) {
    return Outcome.refused(OAuthRefusal.PARAMETER, "`" + name + "` is missing");
  }

  static <T> Outcome<T> malformed(String name) {
    return Outcome.refused(OAuthRefusal.PARAMETER, "`" + name + "` is malformed");
  }
}
