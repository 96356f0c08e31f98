// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import dev.vigil.admission.administration.Reason;
import dev.vigil.api.http.Request;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The members of a JSON object, read one by one. A member that is not known is refused with what
/// was probably meant, so that no misspelt wish is silently ignored.
final class Members {

  private static final int MOST_ELEMENTS = 1_000;

  private final JsonNode object;
  private final String place;

  private Members(JsonNode object, String place) {
    this.object = object;
    this.place = place;
  }

  /// The content of a request that may have these members.
  ///
  /// @throws Stop if it has another
  static Members of(Request request, String... known) {
    return of(request.json(), "", known);
  }

  private static Members of(JsonNode object, String place, String... known) {
    var names = List.of(known);
    var unknown =
        object.properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> !names.contains(name))
            .map(name -> unknown(place + name, name, names))
            .toList();
    if (!unknown.isEmpty())
      throw new Stop(ContentRefusal.UNKNOWN_MEMBER, String.join("; ", unknown));
    return new Members(object, place);
  }

  private static String unknown(String where, String name, List<String> known) {
    return Suggestion.nearest(name, known)
        .map(meant -> "`" + shown(where) + "` is not known, did you mean `" + meant + "`?")
        .orElseGet(
            () -> "`" + shown(where) + "` is not known, known are " + String.join(", ", known));
  }

  private static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}`]", "?");
    return plain.length() > 60 ? plain.substring(0, 60) + "..." : plain;
  }

  /// The text of a member, parsed.
  <T> T required(String name, Function<String, Outcome<T>> parse) {
    return Stop.unless(
        parse.apply(
            text(name)
                .orElseThrow(() ->
                    new Stop(ContentRefusal.MISSING_MEMBER, "`" + place + name + "` is missing"))));
  }

  /// The reason that every change carries.
  Reason reason() {
    return Stop.unless(Reason.of(text("reason").orElse("")));
  }

  /// The text of a member; empty if it is missing.
  Optional<String> text(String name) {
    var member = object.get(name);
    if (member == null) return Optional.empty();
    if (!member.isString()) throw wrongType(name, "a text");
    return Optional.of(member.asString());
  }

  private Stop wrongType(String name, String wanted) {
    return new Stop(ContentRefusal.MEMBER_TYPE, "`" + place + name + "` must be " + wanted);
  }

  /// One of a few known values; `absent` if the member is missing.
  <T> T choice(String name, Map<String, T> values, T absent) {
    return text(name).map(typed -> choice(place + name, typed, values)).orElse(absent);
  }

  private static <T> T choice(String where, String typed, Map<String, T> values) {
    var found = values.get(typed);
    if (found != null) return found;
    String meant =
        Suggestion.nearest(typed, values.keySet())
            .map(word -> ", did you mean `" + word + "`?")
            .orElse("");
    throw new Stop(
        ContentRefusal.MEMBER_VALUE,
        "`"
            + where
            + "` is `"
            + shown(typed)
            + "`"
            + (meant.isEmpty() ? "" : meant)
            + "; known are "
            + String.join(", ", values.keySet()));
  }

  /// Some of a few known values.
  <T> List<T> choices(String name, Map<String, T> values) {
    return texts(name).stream().map(typed -> choice(place + name, typed, values)).toList();
  }

  /// The texts of an array, each parsed; empty if the member is missing.
  <T> List<T> all(String name, Function<String, Outcome<T>> parse) {
    return texts(name).stream().map(typed -> Stop.unless(parse.apply(typed))).toList();
  }

  /// The texts of an array; empty if the member is missing.
  List<String> texts(String name) {
    var member = object.get(name);
    if (member == null) return List.of();
    if (!member.isArray() || member.size() > MOST_ELEMENTS)
      throw wrongType(name, "an array of at most " + MOST_ELEMENTS + " texts");
    var texts = new ArrayList<String>();
    member.forEach(element -> {
      if (!element.isString()) throw wrongType(name, "an array of texts");
      texts.add(element.asString());
    });
    return texts;
  }

  /// The objects of an array, each with these members; empty if the member is missing.
  List<Members> objects(String name, String... known) {
    var member = object.get(name);
    if (member == null) return List.of();
    if (!member.isArray() || member.size() > MOST_ELEMENTS)
      throw wrongType(name, "an array of at most " + MOST_ELEMENTS + " objects");
    var objects = new ArrayList<Members>();
    member.forEach(element -> {
      if (!element.isObject()) throw wrongType(name, "an array of objects");
      objects.add(of(element, place + name + "[" + objects.size() + "].", known));
    });
    return objects;
  }

  /// Texts by name.
  Map<String, String> textsByName(String name) {
    var member = object.get(name);
    if (member == null)
      throw new Stop(ContentRefusal.MISSING_MEMBER, "`" + place + name + "` is missing");
    if (!member.isObject() || member.size() > MOST_ELEMENTS)
      throw wrongType(name, "an object of at most " + MOST_ELEMENTS + " texts");
    var texts = new LinkedHashMap<String, String>();
    member
        .properties()
        .forEach(one -> {
          if (!one.getValue().isString()) throw wrongType(name, "an object of texts");
          texts.put(one.getKey(), one.getValue().asString());
        });
    return texts;
  }

  /// True or false; false if the member is missing.
  boolean flag(String name) {
    var member = object.get(name);
    if (member == null) return false;
    if (!member.isBoolean()) throw wrongType(name, "true or false");
    return member.asBoolean();
  }

  /// A whole number from 0; empty if the member is missing.
  OptionalLong number(String name) {
    var member = object.get(name);
    if (member == null) return OptionalLong.empty();
    if (!member.isIntegralNumber() || !member.canConvertToLong() || member.asLong() < 0)
      throw wrongType(name, "a whole number from 0");
    return OptionalLong.of(member.asLong());
  }
}
