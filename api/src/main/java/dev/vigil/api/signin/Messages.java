// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.api.http.Response;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// The words of the pages, in the languages there are: one bundle of messages each, of which the
/// page gets the one that the person's browser likes best.
final class Messages {

  /// The languages, by their tags; English where nothing else fits.
  static final List<String> LANGUAGES = List.of("en", "de");

  private static final int LONGEST = 200;

  private static final Map<String, Response> BUNDLES =
      LANGUAGES.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  Function.identity(),
                  language ->
                      Pages.asset(
                              "messages." + language + ".json", "application/json; charset=utf-8")
                          .with("Vary", "Accept-Language")));

  private static final Map<String, Map<String, String>> WORDS =
      LANGUAGES.stream()
          .collect(Collectors.toUnmodifiableMap(Function.identity(), Messages::words));

  private final Map<String, String> words;

  private Messages(Map<String, String> words) {
    this.words = words;
  }

  /// The words for a page that the server writes itself.
  ///
  /// @param acceptLanguage the header (RFC 9110 section 12.5.4); empty if there is none
  static Messages of(String acceptLanguage) {
    return new Messages(Objects.requireNonNull(WORDS.get(language(acceptLanguage))));
  }

  /// One message, with this value in its place.
  String say(String key, String value) {
    return Objects.requireNonNull(words.get(key), key).replace("{0}", value);
  }

  String say(String key) {
    return say(key, "");
  }

  private static Map<String, String> words(String language) {
    var bundle = JsonMapper.shared().readTree(Pages.text("messages." + language + ".json"));
    return bundle.properties().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> one.getValue().asString()));
  }

  /// The bundle for a browser.
  ///
  /// @param acceptLanguage the header (RFC 9110 section 12.5.4); empty if there is none
  static Response bundle(String acceptLanguage) {
    return Objects.requireNonNull(BUNDLES.get(language(acceptLanguage)));
  }

  static String language(String acceptLanguage) {
    if (acceptLanguage.length() > LONGEST) return "en";
    try {
      var liked = Locale.lookupTag(LanguageRange.parse(acceptLanguage), LANGUAGES);
      return liked == null ? "en" : liked;
    } catch (IllegalArgumentException malformed) {
      return "en";
    }
  }
}
