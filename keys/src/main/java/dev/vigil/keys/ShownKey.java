// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A key as people see it; nothing in it is secret.
///
/// @param certificate of the key that signs now
/// @param retired those that were rotated away and are still known, oldest first
public record ShownKey(
    KeyPurpose purpose, Place place, X509Certificate certificate, List<Retired> retired) {

  public ShownKey {
    retired = List.copyOf(retired);
  }

  /// Where the private key is.
  public enum Place {
    FILE,
    TOKEN,
    /// In the token, which could not be used when it was last asked, or none is configured.
    TOKEN_AWAY
  }

  /// A key that was rotated away.
  public record Retired(X509Certificate certificate, Instant at, KeyRing.Old old) {}

  static List<ShownKey> of(Holding holding, Instant now) {
    return holding.keys().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(one ->
            new ShownKey(
                one.getKey(),
                place(one.getValue()),
                one.getValue().certificate(),
                holding.retired().stream()
                    .filter(old -> old.purpose() == one.getKey() && old.knownAt(now))
                    .map(old -> new Retired(old.certificate(), old.at(), old.old()))
                    .toList()))
        .toList();
  }

  private static Place place(Held key) {
    return switch (key) {
      case HeldKey _ -> Place.FILE;
      case TokenKey(var _, var token) ->
          token.filter(its -> !(its.state() instanceof Token.State.Away)).isPresent()
              ? Place.TOKEN
              : Place.TOKEN_AWAY;
    };
  }
}
