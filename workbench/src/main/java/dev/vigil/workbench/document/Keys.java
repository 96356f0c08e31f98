// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.document;

import dev.vigil.policy.language.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of one mapping, each known and written once.
public final class Keys {

  private final Node of;
  private final Map<String, Node.Entry> entries = new LinkedHashMap<>();
  private final Report report;

  private Keys(Node of, Report report) {
    this.of = of;
    this.report = report;
  }

  /// The keys of a mapping, whichever they are; keys written twice are problems.
  ///
  /// @param title what has these keys, for messages, such as `a case`
  public static Keys any(Node node, String title, Report report) {
    var keys = new Keys(node, report);
    if (!(node instanceof Node.Mapping(List<Node.Entry> entries, Place ignored))) {
      report.problem(
          node.place(),
          title + " is " + node.kind(),
          "it takes keys",
          "write a word and a colon below it");
      return keys;
    }
    for (var entry : entries) {
      if (keys.entries.putIfAbsent(entry.key().text(), entry) != null)
        report.problem(
            entry.key().place(),
            "`" + entry.key().text() + "` is written twice",
            "only one could count",
            "remove one");
    }
    return keys;
  }

  /// The keys of a mapping; unknown ones are problems.
  public static Keys of(Node node, String title, Collection<String> known, Report report) {
    var keys = any(node, title, report);
    for (var entry : List.copyOf(keys.entries.values())) {
      var key = entry.key();
      if (known.contains(key.text())) continue;
      keys.entries.remove(key.text());
      report.problem(
          key.place(),
          title + " cannot have `" + key.text() + "`",
          "the key is unknown",
          report.instead(key.text(), known));
    }
    return keys;
  }

  /// Where the mapping stands.
  public Place place() {
    return of.place();
  }

  /// Every key with its value, in the order written.
  public Collection<Node.Entry> entries() {
    return List.copyOf(entries.values());
  }

  /// Whether a key is there.
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /// The value of a key, if it is there.
  public Optional<Node> find(String key) {
    return Optional.ofNullable(entries.get(key)).map(Node.Entry::value);
  }

  /// The value of a key that must be there.
  public Optional<Node> require(String key, String example) {
    if (!has(key))
      report.problem(
          of.place(), "there is no `" + key + "`", "it is required", "write `" + example + "`");
    return find(key);
  }

  /// The text of a key, if it is there and is one.
  public Optional<Node.Scalar> text(String key) {
    return find(key).flatMap(node -> text(node, key));
  }

  private Optional<Node.Scalar> text(Node node, String key) {
    if (node instanceof Node.Scalar scalar && !scalar.isNothing() && !scalar.text().isEmpty())
      return Optional.of(scalar);
    report.problem(
        node.place(),
        "`" + key + "` is " + (node instanceof Node.Scalar ? "empty" : node.kind()),
        "it takes one text",
        "write the text behind the colon");
    return Optional.empty();
  }

  /// Texts: a list, or one text alone; empty if the key is not there.
  public List<Node.Scalar> texts(String key) {
    var found = find(key);
    if (found.isEmpty()) return List.of();
    if (!(found.get() instanceof Node.Items(List<Node> items, Place ignored)))
      return text(found.get(), key).stream().toList();
    var texts = new ArrayList<Node.Scalar>();
    items.forEach(item -> text(item, key).ifPresent(texts::add));
    return texts;
  }
}
