// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.request;

import dev.vigil.policy.FactType;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The values of facts as text: the same text form wherever facts are written down.
public final class FactText {

  private static final Pattern DECIMAL =
      Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?([eE]-?\\d{1,3})?");
  private static final Pattern SHORT_DURATION =
      Pattern.compile("(?:(\\d{1,7})d)?(?:(\\d{1,7})h)?(?:(\\d{1,7})m)?(?:(\\d{1,7})s)?");

  private FactText() {}

  /// The value of a fact of this type; empty if the text is not one. A list of strings has no text
  /// form of its own: only its elements have.
  public static Optional<Object> parse(FactType type, String text) {
    try {
      return switch (type) {
        case BOOLEAN -> flag(text);
        case STRING -> Optional.of(text);
        case INTEGER -> Optional.of(Long.valueOf(text));
        case DECIMAL -> decimal(text);
        case STRINGS -> Optional.empty();
        case VERSION -> Optional.of(Version.parse(text));
        case DATE -> Optional.of(LocalDate.parse(text));
        case TIMESTAMP -> Optional.of(Instant.parse(text));
        case DURATION -> duration(text).map(Object.class::cast);
        case ADDRESS -> Optional.of(IpAddress.parse(text));
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> flag(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) return Optional.empty();
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }

  /// A duration such as `8h`, `30d`, `1h30m`, or ISO 8601's `PT8H`; not negative, not empty.
  public static Optional<Duration> duration(String text) {
    var form = SHORT_DURATION.matcher(text);
    if (!text.isEmpty() && form.matches())
      return Optional.of(
          Duration.ofDays(number(form.group(1)))
              .plusHours(number(form.group(2)))
              .plusMinutes(number(form.group(3)))
              .plusSeconds(number(form.group(4))));
    try {
      return Optional.of(Duration.parse(text)).filter(duration -> !duration.isNegative());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /// The text of a value that is no list: what [#parse] reads back as the same value.
  public static String of(Object value) {
    return value instanceof IpAddress address
        ? address.address().getHostAddress()
        : String.valueOf(value);
  }

  /// What a value of this type looks like, for whoever wrote something else.
  public static String help(FactType type) {
    return switch (type) {
      case BOOLEAN -> "write `true` or `false`, without quotes";
      case STRING -> "write text";
      case INTEGER -> "write a whole number, without quotes";
      case DECIMAL -> "write a number such as `0.25`, without quotes";
      case STRINGS -> "write a list such as `[\"one\", \"two\"]`";
      case VERSION -> "write 1 to 6 dot-separated numbers in quotes, such as `\"17.1\"`";
      case DATE -> "write year, month and day, such as `\"2026-05-01\"`";
      case TIMESTAMP -> "write a UTC time, such as `\"2026-06-01T09:00:00Z\"`";
      case DURATION -> "write it like `\"8h\"`, `\"30d\"` or `\"1h30m\"`";
      case ADDRESS -> "write an IP address, such as `\"127.0.0.1\"`";
    };
  }
}
