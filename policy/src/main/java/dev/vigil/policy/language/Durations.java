// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as people write them: `8h`, `90s`, `1h30m`, `30d`.
final class Durations {

  /// Ten years: more means a slip.
  private static final Duration LONGEST = Duration.ofDays(3660);

  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,7})d)?(?:(\\d{1,7})h)?(?:(\\d{1,7})m)?(?:(\\d{1,7})s)?");

  static final String HELP = "write it like `8h`, `30d`, `15m` or `1h30m`, at most 3660d";

  private Durations() {}

  /// The duration; empty if it is not one, is nothing, or is longer than ten years.
  static Optional<Duration> parse(String text) {
    var form = FORM.matcher(text);
    if (text.isEmpty() || !form.matches()) return Optional.empty();
    var duration =
        Duration.ofDays(number(form.group(1)))
            .plusHours(number(form.group(2)))
            .plusMinutes(number(form.group(3)))
            .plusSeconds(number(form.group(4)));
    return duration.isZero() || duration.compareTo(LONGEST) > 0
        ? Optional.empty()
        : Optional.of(duration);
  }

  private static long number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
