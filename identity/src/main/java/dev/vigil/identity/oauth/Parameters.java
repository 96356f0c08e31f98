// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.kernel.Outcome;
import java.util.Map;
import java.util.Optional;

/// The parameters of an OAuth request; one without a value counts as missing (RFC 6749 section
/// 3.1).
record Parameters(Map<String, String> all) {

  Optional<String> find(String name) {
    return Optional.ofNullable(all.get(name)).filter(value -> !value.isEmpty());
  }

  Outcome<String> require(String name) {
    return find(name).map(Outcome::done).orElseGet(() -> missing(name));
  }

  static <T> Outcome<T> missing(String name) {
    return Outcome.refused(OAuthRefusal.PARAMETER, "`" + name + "` is missing");
  }

  static <T> Outcome<T> malformed(String name) {
    return Outcome.refused(OAuthRefusal.PARAMETER, "`" + name + "` is malformed");
  }
}
