// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What the enforcement point must see to while access lasts. An enforcement point that cannot,
/// denies.
///
/// @param readOnly only methods that change nothing (RFC 9110 section 9.2.1: GET, HEAD, OPTIONS,
///   TRACE)
/// @param noDownload responses must not be saved: `Content-Disposition: attachment` is refused
/// @param maximumAge how long a stream may last before it is opened anew; empty if without limit
/// @param methods the only methods allowed; empty if any
/// @param recheck how long a stream may last before it is decided anew, whether or not anything
///   changed; empty if only changes count
public record Obligations(
    boolean readOnly,
    boolean noDownload,
    Optional<Duration> maximumAge,
    Set<String> methods,
    Optional<Duration> recheck) {

  /// Nothing to see to.
  public static final Obligations NONE =
      new Obligations(false, false, Optional.empty(), Set.of(), Optional.empty());

  public Obligations {
    methods = Set.copyOf(methods);
  }

  /// The same without a recheck.
  public Obligations(
      boolean readOnly, boolean noDownload, Optional<Duration> maximumAge, Set<String> methods) {
    this(readOnly, noDownload, maximumAge, methods, Optional.empty());
  }

  /// Whether there is anything to see to.
  public boolean restricts() {
    return !equals(NONE);
  }
}
