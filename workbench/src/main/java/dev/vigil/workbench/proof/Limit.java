// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Obligations;
import java.time.Duration;
import java.util.Optional;

/// A restriction that is a duration: the shorter, the more it restricts.
enum Limit {
  /// How long a stream may last.
  MAXIMUM_AGE,
  /// How long until it is decided anew.
  RECHECK;

  String title() {
    return switch (this) {
      case MAXIMUM_AGE -> "maximum age";
      case RECHECK -> "recheck";
    };
  }

  Optional<Duration> of(Obligations obligations) {
    return switch (this) {
      case MAXIMUM_AGE -> obligations.maximumAge();
      case RECHECK -> obligations.recheck();
    };
  }
}
