// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// HTTP header fields in order; names compare without case (RFC 9110 section 5.1). Values are not
/// shown.
public final class Headers {

  /// No fields.
  public static final Headers NONE = new Headers(List.of());

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  /// These fields.
  public static Headers of(List<Field> fields) {
    return new Headers(fields);
  }

  /// These fields and one more at the end.
  public Headers with(String name, String value) {
    var more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(more);
  }

  /// All fields in order.
  public List<Field> fields() {
    return fields;
  }

  /// The first value under this name.
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /// Every value under this name, in order.
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  @Override
  public String toString() {
    return "Headers" + fields.stream().map(field -> field.name().toLowerCase(Locale.ROOT)).toList();
  }

  /// One field. Refuses what could end the line it stands on, so that no value can smuggle another
  /// field.
  public record Field(String name, String value) {
    private static final String SEPARATORS = "()<>@,;:\\\"/[]?={} \t";

    public Field {
      if (name.isEmpty() || !name.chars().allMatch(Field::ofToken)) {
        throw new IllegalArgumentException("`" + name + "` is not the name of a header field");
      }
      if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
        throw new IllegalArgumentException("the value of `" + name + "` holds a line end");
      }
    }

    private static boolean ofToken(int c) {
      return c > 0x20 && c < 0x7f && SEPARATORS.indexOf(c) < 0;
    }

    @Override
    public String toString() {
      return name + ": (hidden)";
    }
  }
}
