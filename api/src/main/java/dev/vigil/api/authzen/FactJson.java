// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.policy.Fact;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The value of a fact in the JSON of an enforcement point. Versions, dates, times, durations (ISO
/// 8601) and addresses are texts.
final class FactJson {

  private static final int LONGEST = 1024;
  private static final int MOST = 64;

  private FactJson() {}

  /// The value; empty if the JSON is not one of this fact's type, or not allowed.
  static Optional<Object> value(Fact fact, JsonNode json) {
    return switch (fact.type()) {
      case BOOLEAN -> json.isBoolean() ? Optional.of(json.asBoolean()) : Optional.empty();
      case INTEGER ->
          json.isIntegralNumber() && json.canConvertToLong()
              ? Optional.of(json.asLong())
              : Optional.empty();
      case DECIMAL ->
          json.isNumber() && Double.isFinite(json.doubleValue())
              ? Optional.of(json.doubleValue())
              : Optional.empty();
      case STRINGS -> words(json);
      case STRING, VERSION, DATE, TIMESTAMP, DURATION, ADDRESS ->
          text(json).flatMap(text -> read(fact, text));
    };
  }

  private static Optional<String> text(JsonNode json) {
    return json.isString() && Asked.fits(json.asString(), LONGEST)
        ? Optional.of(json.asString())
        : Optional.empty();
  }

  private static Optional<Object> words(JsonNode json) {
    if (!json.isArray() || json.size() > MOST) return Optional.empty();
    var words = json.valueStream().map(FactJson::text).flatMap(Optional::stream).toList();
    return words.size() == json.size() ? Optional.of(List.copyOf(words)) : Optional.empty();
  }

  private static Optional<Object> read(Fact fact, String text) {
    if (!fact.allowed().isEmpty() && !fact.allowed().contains(text)) return Optional.empty();
    try {
      return Optional.of(
          switch (fact.type()) {
            case VERSION -> Version.parse(text);
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> Instant.parse(text);
            case DURATION -> Duration.parse(text);
            case ADDRESS -> IpAddress.parse(text);
            case STRING, STRINGS, BOOLEAN, INTEGER, DECIMAL -> text;
          });
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
