// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Constants that are written as text in a function of their type: `version("17.1")`.
final class Constants {

  static final List<String> FUNCTIONS =
      List.of("version", "date", "address", "timestamp", "duration");

  private Constants() {}

  /// The constant; empty if the text is not one of that type.
  static Optional<Object> parse(String function, String text) {
    try {
      return switch (function) {
        case "version" -> Optional.of(Version.parse(text));
        case "date" -> Optional.of(LocalDate.parse(text));
        case "address" -> Optional.of(IpAddress.parse(text));
        case "timestamp" -> Optional.of(Instant.parse(text));
        case "duration" -> Durations.parse(text).map(Object.class::cast);
        default -> Optional.empty();
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String help(String function) {
    return switch (function) {
      case "version" -> "write 1 to 6 dot-separated numbers, as in `version(\"17.1\")`";
      case "date" -> "write year, month and day, as in `date(\"2026-09-01\")`";
      case "address" -> "write an IP address, as in `address(\"127.0.0.1\")`";
      case "timestamp" -> "write a UTC time, as in `timestamp(\"2026-09-01T00:00:00Z\")`";
      default -> Durations.HELP;
    };
  }
}
