// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.kernel.Outcome;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything that the key store holds at one moment; immutable.
///
/// @param keys the current key of each purpose; the root's may be missing
/// @param retired keys that no longer sign but are still known
/// @param root the root's certificate, there even when its key is not
record Holding(Map<KeyPurpose, Held> keys, List<Retired> retired, X509Certificate root) {

  Holding {
    keys = Map.copyOf(keys);
    retired = List.copyOf(retired);
  }

  /// The public half of a key that was rotated away.
  ///
  /// @param old whether it still verifies
  record Retired(KeyPurpose purpose, X509Certificate certificate, Instant at, KeyRing.Old old) {

    boolean verifies(KeyPurpose wanted, Instant now) {
      return purpose == wanted && old == KeyRing.Old.STILL_VERIFIES && knownAt(now);
    }

    boolean knownAt(Instant now) {
      return now.isBefore(at.plus(purpose.knownFor()));
    }
  }

  Optional<Held> find(KeyPurpose purpose) {
    return Optional.ofNullable(keys.get(purpose));
  }

  /// The key of a purpose that is always there.
  Held require(KeyPurpose purpose) {
    return find(purpose)
        .orElseThrow(
            () -> new IllegalStateException("the key store has no key for " + purpose.label()));
  }

  /// The same where the private key itself is needed, which no token gives out.
  HeldKey requireHere(KeyPurpose purpose) {
    return switch (require(purpose)) {
      case HeldKey here -> here;
      case TokenKey _ ->
          throw new IllegalStateException("the key for " + purpose.label() + " is in a token");
    };
  }

  /// Itself if every key that must always be there is.
  Outcome<Holding> complete() {
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (purpose.alwaysHeld() && find(purpose).isEmpty())
        return Outcome.refused(KeyRefusal.DAMAGED);
    }
    return Outcome.done(this);
  }

  Holding with(KeyPurpose purpose, Held key) {
    var more = new EnumMap<>(keys);
    more.put(purpose, key);
    return new Holding(more, retired, root);
  }

  Holding without(KeyPurpose purpose) {
    var fewer = new EnumMap<>(keys);
    fewer.remove(purpose);
    return new Holding(fewer, retired, root);
  }

  Holding retiring(Retired one) {
    return new Holding(keys, Stream.concat(retired.stream(), Stream.of(one)).toList(), root);
  }

  /// Those that nobody needs to know any more are forgotten.
  Holding knownAt(Instant now) {
    return new Holding(keys, retired.stream().filter(one -> one.knownAt(now)).toList(), root);
  }

  /// None of this purpose that was rotated away is believed from now on.
  Holding distrusting(KeyPurpose purpose, Instant now) {
    return new Holding(
        keys,
        retired.stream()
            .map(one ->
                one.verifies(purpose, now)
                    ? new Retired(purpose, one.certificate, now, KeyRing.Old.DISTRUSTED)
                    : one)
            .toList(),
        root);
  }
}
