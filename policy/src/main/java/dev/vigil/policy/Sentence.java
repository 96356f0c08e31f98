// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A sentence for a person, perhaps in several languages.
///
/// @param standard what is said to whoever prefers no language that is there; empty if nothing is
///   said at all
/// @param translations by language tag (RFC 5646), such as `de` or `pt-BR`
public record Sentence(String standard, Map<String, String> translations) {

  /// Nothing is said.
  public static final Sentence NONE = of("");

  public Sentence {
    translations = Map.copyOf(new LinkedHashMap<>(translations));
  }

  /// A sentence in one language alone.
  public static Sentence of(String standard) {
    return new Sentence(standard, Map.of());
  }

  /// Whether nothing is said.
  public boolean isEmpty() {
    return standard.isEmpty();
  }

  /// The sentence in the language that a person likes best, by the lookup of RFC 4647 section 3.4.
  public String in(List<Locale.LanguageRange> preferred) {
    if (translations.isEmpty() || preferred.isEmpty()) return standard;
    var tag = Locale.lookupTag(preferred, translations.keySet());
    return tag == null ? standard : translations.getOrDefault(tag, standard);
  }

  /// The sentence as it stands without a preference.
  @Override
  public String toString() {
    return standard;
  }
}
