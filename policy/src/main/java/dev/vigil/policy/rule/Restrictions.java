// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Obligations;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How restrictions combine and compare.
public final class Restrictions {

  /// The methods that change nothing (RFC 9110 section 9.2.1).
  public static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /// Less restrictive first. Whoever is restricted in every way that another is, comes after them;
  /// beyond that the order is fixed but arbitrary.
  public static final Comparator<Obligations> LEAST_FIRST =
      Comparator.comparingInt(Restrictions::count)
          .thenComparing(
              o -> o.methods().isEmpty() ? Integer.MAX_VALUE : o.methods().size(),
              Comparator.reverseOrder())
          .thenComparing(
              o -> o.maximumAge().orElse(Duration.ofSeconds(Long.MAX_VALUE)),
              Comparator.reverseOrder())
          .thenComparing(Obligations::readOnly)
          .thenComparing(
              o -> o.recheck().orElse(Duration.ofSeconds(Long.MAX_VALUE)),
              Comparator.reverseOrder());

  private Restrictions() {}

  private static int count(Obligations o) {
    return (o.readOnly() ? 1 : 0)
        + (o.noDownload() ? 1 : 0)
        + (o.maximumAge().isPresent() ? 1 : 0)
        + (o.methods().isEmpty() ? 0 : 1);
  }

  /// Both together; empty if nothing would be left to do.
  public static Optional<Obligations> both(Obligations one, Obligations two) {
    if (!one.restricts()) return Optional.of(two);
    if (!two.restricts()) return Optional.of(one);
    var methods = one.methods().isEmpty() ? two.methods() : one.methods();
    if (!one.methods().isEmpty() && !two.methods().isEmpty()) {
      methods = new HashSet<>(one.methods());
      methods.retainAll(two.methods());
      if (methods.isEmpty()) return Optional.empty();
    }
    boolean readOnly = one.readOnly() || two.readOnly();
    if (readOnly && !methods.isEmpty() && Collections.disjoint(methods, SAFE))
      return Optional.empty();
    return Optional.of(
        new Obligations(
            readOnly,
            one.noDownload() || two.noDownload(),
            shorter(one.maximumAge(), two.maximumAge()),
            methods,
            shorter(one.recheck(), two.recheck())));
  }

  private static Optional<Duration> shorter(Optional<Duration> one, Optional<Duration> two) {
    return Stream.of(one, two).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  /// Whether anything can be done under these at all.
  public static boolean leaveSomething(Obligations o) {
    return !o.readOnly() || o.methods().isEmpty() || !Collections.disjoint(o.methods(), SAFE);
  }
}
