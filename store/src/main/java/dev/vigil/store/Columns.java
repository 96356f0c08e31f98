// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// How values stand in columns: the same text on every database.
final class Columns {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant BEYOND = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Columns() {}

  /// The text itself.
  ///
  /// @throws IllegalArgumentException if it holds NUL, at which SQLite would stop counting, or half
  ///   a surrogate pair, which PostgreSQL would change
  static String text(String text) {
    boolean plain =
        text.codePoints()
            .noneMatch(
                c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    if (!plain) throw new IllegalArgumentException("a text is no Unicode text without NUL");
    return text;
  }

  /// RFC 3339 in UTC with nine decimals: 30 characters that sort like the instants.
  ///
  /// @throws IllegalArgumentException outside the years 0000 to 9999
  static String instant(Instant at) {
    if (at.isBefore(FIRST) || at.isAfter(BEYOND))
      throw new IllegalArgumentException("a point in time is outside the years 0 to 9999");
    return INSTANT.format(at);
  }

  static Instant instant(String text) {
    return Instant.parse(text);
  }

  /// A JSON array; sets are sorted, so that equal sets are equal text.
  static String sorted(Collection<String> texts) {
    return json(texts.stream().sorted().toList());
  }

  static String json(Object value) {
    return text(JSON.writeValueAsString(value));
  }

  static List<String> texts(String json) {
    return JSON.readValue(json, new TypeReference<List<String>>() {});
  }

  static Map<String, String> textsByName(String json) {
    return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
  }

  static <T> T read(String json, TypeReference<T> type) {
    return JSON.readValue(json, type);
  }
}
