// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

import java.time.Instant;

/// Time as an argument. Points in time come from the wall clock, durations from the monotonic one.
public interface TimeSource {

  /// The wall clock.
  Instant now();

  /// The monotonic clock in nanoseconds; only differences have a meaning.
  long nanos();
}
