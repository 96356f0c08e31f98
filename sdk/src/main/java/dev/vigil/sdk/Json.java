// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A received JSON object, asked member by member; a member of another type counts as absent.
record Json(Map<String, Object> members) {

  static final Json EMPTY = new Json(Map.of());

  /// The object in these bytes, or empty if they hold none. Deep nesting counts as none.
  static Optional<Json> parse(byte[] bytes) {
    try {
      var members = JSONObjectUtils.parse(new String(bytes, StandardCharsets.UTF_8));
      return Optional.ofNullable(members).map(Json::new);
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  static byte[] write(Map<String, ?> members) {
    return JSONObjectUtils.toJSONString(members).getBytes(StandardCharsets.UTF_8);
  }

  Optional<String> text(String name) {
    return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  String textOr(String name, String otherwise) {
    return text(name).orElse(otherwise);
  }

  Optional<Long> number(String name) {
    return members.get(name) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  /// The texts in an array; empty if any element is something else.
  List<String> texts(String name) {
    if (!(members.get(name) instanceof List<?> list)
        || !list.stream().allMatch(String.class::isInstance)) {
      return List.of();
    }
    return list.stream().map(String.class::cast).toList();
  }

  /// The texts in an object, by name, without what else stands there.
  Map<String, String> named(String name) {
    var texts = new LinkedHashMap<String, String>();
    if (members.get(name) instanceof Map<?, ?> map)
      map.forEach((key, value) -> {
        if (key instanceof String known && value instanceof String text) texts.put(known, text);
      });
    return texts;
  }

  /// The objects in an array, without what else stands there.
  List<Json> objects(String name) {
    if (!(members.get(name) instanceof List<?> list)) {
      return List.of();
    }
    return list.stream()
        .flatMap(element -> element instanceof Map<?, ?> map ? Stream.of(of(map)) : Stream.empty())
        .toList();
  }

  private static Json of(Map<?, ?> map) {
    var members = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> {
      if (key instanceof String name && value != null) {
        members.put(name, value);
      }
    });
    return new Json(members);
  }

  @Override
  public String toString() {
    return "Json" + members.keySet();
  }
}
