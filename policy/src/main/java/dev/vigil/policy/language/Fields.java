// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.policy.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The keys of one mapping, each known and written once; and how their values are read.
final class Fields {

  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final Pattern LANGUAGE =
      Pattern.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?");
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");
  private static final int LONGEST_TEXT = 300;

  private final Place place;
  private final String of;
  private final Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
  private final Report report;

  private Fields(Place place, String of, Report report) {
    this.place = place;
    this.of = of;
    this.report = report;
  }

  /// The keys of a mapping. Unknown keys and keys written twice are problems.
  ///
  /// @param of what has these keys, for messages
  /// @param hints keys that belong elsewhere, with what to do instead
  static Fields of(
      Yaml yaml, String of, Set<String> known, Map<String, String> hints, Report report) {
    var fields = new Fields(yaml.place(), of, report);
    if (!(yaml instanceof Yaml.Mapping(List<Yaml.Entry> entries, Place ignored))) {
      report.problem(
          yaml.place(),
          of + " is " + yaml.kind(),
          "it takes keys",
          "write "
              + String.join(", ", known.stream().sorted().map(k -> "`" + k + ":`").toList())
              + " below it");
      return fields;
    }
    for (var entry : entries) {
      var key = entry.key().text();
      if (hints.containsKey(key))
        report.problem(
            entry.key().place(),
            of + " cannot have `" + key + "`",
            "it means nothing here",
            hints.get(key));
      else if (!known.contains(key))
        report.problem(
            entry.key().place(),
            of + " cannot have `" + key + "`",
            "the key is unknown",
            Instead.next(key, known));
      else if (fields.entries.putIfAbsent(key, entry) != null)
        report.problem(
            entry.key().place(),
            "`" + key + "` is written twice",
            "only one could count",
            "remove one");
    }
    return fields;
  }

  Place place() {
    return place;
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /// The value of a key, if it is there.
  Optional<Yaml> find(String key) {
    return Optional.ofNullable(entries.get(key)).map(Yaml.Entry::value);
  }

  /// The value of a key that must be there.
  Optional<Yaml> require(String key, String example) {
    if (!has(key))
      report.problem(
          place,
          of + " has no `" + key + "`",
          "it is required",
          "write `" + key + ": " + example + "`");
    return find(key);
  }

  /// Where a key stands, or the whole if it does not.
  Place placeOf(String key) {
    return Optional.ofNullable(entries.get(key)).map(entry -> entry.key().place()).orElse(place);
  }

  Optional<Yaml.Scalar> scalar(String key) {
    return find(key).flatMap(yaml -> asScalar(yaml, "`" + key + "`", report));
  }

  static Optional<Yaml.Scalar> asScalar(Yaml yaml, String of, Report report) {
    if (yaml instanceof Yaml.Scalar scalar) return Optional.of(scalar);
    report.problem(
        yaml.place(),
        of + " is " + yaml.kind(),
        "it takes one text",
        "write the text behind the colon; put what begins with `[` or `{` in single quotes");
    return Optional.empty();
  }

  /// One of a few words; the first if the key is not there.
  String choice(String key, List<String> words) {
    return scalar(key)
        .map(scalar -> choice(scalar, "`" + key + "`", words).orElse(words.getFirst()))
        .orElse(words.getFirst());
  }

  private Optional<String> choice(Yaml.Scalar scalar, String of, List<String> words) {
    if (words.contains(scalar.text())) return Optional.of(scalar.text());
    report.problem(
        scalar.place(),
        of + " cannot be `" + scalar.text() + "`",
        "it is one of a few words",
        Instead.next(scalar.text(), words));
    return Optional.empty();
  }

  boolean isTrue(String key) {
    return choice(key, List.of("false", "true")).equals("true");
  }

  /// A sentence for a person, perhaps in several languages: the first stands for all others.
  Sentence wording(String key) {
    var found = find(key);
    if (found.isEmpty()
        || !(found.get() instanceof Yaml.Mapping(List<Yaml.Entry> translations, Place ignored)))
      return Sentence.of(sentence(key));
    var sentences = new LinkedHashMap<String, String>();
    for (var one : translations) {
      var tag = one.key().text();
      if (!LANGUAGE.matcher(tag).matches())
        report.problem(
            one.key().place(),
            "`" + tag + "` is not a language",
            "`" + key + "` maps language tags to sentences",
            "write tags like `en`, `de` or `pt-BR`");
      asScalar(one.value(), "a sentence", report)
          .ifPresent(scalar -> sentences.put(tag, sentence(key, scalar)));
    }
    return sentences.isEmpty()
        ? Sentence.NONE
        : new Sentence(sentences.firstEntry().getValue(), sentences);
  }

  /// A sentence for a person; empty if the key is not there.
  String sentence(String key) {
    return scalar(key).map(scalar -> sentence(key, scalar)).orElse("");
  }

  private String sentence(String key, Yaml.Scalar scalar) {
    var text = scalar.text().strip().replaceAll("\\s+", " ");
    if (text.isEmpty()
        || text.codePointCount(0, text.length()) > LONGEST_TEXT
        || UNPRINTABLE.matcher(text).find()) {
      report.problem(
          scalar.place(),
          "`" + key + "` is not a sentence for a person",
          "it has 1 to " + LONGEST_TEXT + " printable characters",
          "shorten it or remove what cannot be printed");
    }
    return text;
  }

  /// A name of the policy's own; reports any other.
  Optional<String> name(String key) {
    return scalar(key)
        .filter(scalar -> isName(scalar, "`" + key + "`", report))
        .map(Yaml.Scalar::text);
  }

  static boolean isName(Yaml.Scalar scalar, String of, Report report) {
    if (NAME.matcher(scalar.text()).matches()) return true;
    report.problem(
        scalar.place(),
        of + " cannot be `" + scalar.text() + "`",
        "a name is 1 to 63 of a-z, 0-9 and -, starting with a letter",
        "choose such a name");
    return false;
  }

  /// Texts: a list, or one text alone.
  List<Yaml.Scalar> texts(String key) {
    return find(key).map(yaml -> asTexts(yaml, "`" + key + "`", report)).orElse(List.of());
  }

  static List<Yaml.Scalar> asTexts(Yaml yaml, String of, Report report) {
    var texts = new ArrayList<Yaml.Scalar>();
    switch (yaml) {
      case Yaml.Scalar scalar -> texts.add(scalar);
      case Yaml.Items(List<Yaml> items, Place ignored) ->
          items.forEach(item -> asScalar(item, "an entry of " + of, report).ifPresent(texts::add));
      case Yaml.Mapping mapping ->
          report.problem(
              mapping.place(),
              of + " is a mapping of keys",
              "it takes a list",
              "write it like `[one, two]`");
    }
    if (yaml instanceof Yaml.Items(List<Yaml> items, Place at) && items.isEmpty())
      report.problem(
          at,
          of + " is an empty list",
          "it would mean nothing",
          "name at least one, or remove the key");
    return texts;
  }

  /// A set of texts, each of which fits a pattern.
  Set<String> words(String key, Pattern form, String what) {
    var words = new LinkedHashSet<String>();
    for (var scalar : texts(key)) {
      if (form.matcher(scalar.text()).matches()) words.add(scalar.text());
      else
        report.problem(
            scalar.place(),
            "`" + scalar.text() + "` is not " + what,
            "`" + key + "` lists such",
            "correct it");
    }
    return words;
  }

  /// Words from a fixed choice.
  List<String> choices(String key, Set<String> allowed) {
    var words = new LinkedHashSet<String>();
    for (var scalar : texts(key))
      choice(scalar, "an entry of `" + key + "`", allowed.stream().sorted().toList())
          .ifPresent(words::add);
    return List.copyOf(words);
  }

  /// Words from a fixed choice, as they are ordered there.
  List<String> listed(String key, List<String> words) {
    var found = choices(key, Set.copyOf(words));
    return words.stream().filter(found::contains).toList();
  }

  Set<String> methods(String key) {
    return words(key, METHOD, "an HTTP method in capitals");
  }

  Optional<java.time.Duration> duration(String key) {
    var scalar = scalar(key);
    var duration = scalar.flatMap(s -> Durations.parse(s.text()));
    if (scalar.isPresent() && duration.isEmpty())
      report.problem(
          scalar.get().place(),
          "`" + key + "` cannot be `" + scalar.get().text() + "`",
          "it is not a duration",
          Durations.HELP);
    return duration;
  }
}
