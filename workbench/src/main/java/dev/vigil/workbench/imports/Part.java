// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A part of an export with its place. Keys count whatever their case, as exports differ in it.
/// What is not of the form that is asked for is complained of, and then counts as not there;
/// whoever hears complaints carries nothing over.
public final class Part {

  private static final int MOST_WORDS = 3000;
  private static final int LONGEST_WORD = 300;
  private static final String EXPECTED = "the export is not as documented";
  private static final String NEXT = "export the policy again, or write this one by hand";

  private final Tree tree;
  private final String path;
  private final Complaints complaints;
  private final Set<String> asked = new HashSet<>();

  Part(Tree tree, String path, Complaints complaints) {
    this.tree = tree;
    this.path = path;
    this.complaints = complaints;
  }

  /// The same part, with someone else hearing complaints.
  public Part to(Complaints other) {
    return new Part(tree, path, other);
  }

  /// Where it stands, such as `$.conditions.users`.
  public String path() {
    return path;
  }

  /// Whether it is not there or says nothing.
  public boolean isEmpty() {
    return tree.isEmpty();
  }

  /// Whether it is a mapping of keys.
  public boolean isObject() {
    return tree instanceof Tree.Entries;
  }

  /// Whether the other says the same.
  public boolean saysTheSameAs(Part other) {
    return tree.equals(other.tree);
  }

  /// Whether it is a list.
  public boolean isList() {
    return tree instanceof Tree.Items;
  }

  /// Whether it has this key with something behind it.
  public boolean has(String key) {
    return tree instanceof Tree.Entries entries
        && entries.all().entrySet().stream()
            .anyMatch(e -> e.getKey().equalsIgnoreCase(key) && !e.getValue().isEmpty());
  }

  /// Whether the key is written at all.
  public boolean names(String key) {
    return tree instanceof Tree.Entries entries
        && entries.all().keySet().stream().anyMatch(one -> one.equalsIgnoreCase(key));
  }

  /// The part behind a key; empty if it is not there.
  public Part at(String key) {
    asked.add(key.toLowerCase(Locale.ROOT));
    if (tree instanceof Tree.Entries entries)
      for (var entry : entries.all().entrySet())
        if (entry.getKey().equalsIgnoreCase(key))
          return new Part(entry.getValue(), path + "." + key, complaints);
    if (!(tree instanceof Tree.Entries) && !isEmpty() && asked.size() == 1) wrong("an object");
    return new Part(new Tree.Nothing(), path + "." + key, complaints);
  }

  /// Every key with what is behind it.
  public Map<String, Part> entries() {
    var parts = new LinkedHashMap<String, Part>();
    if (tree instanceof Tree.Entries entries)
      entries
          .all()
          .forEach((key, value) ->
              parts.put(key, new Part(value, path + "." + Plain.line(key, 60), complaints)));
    else if (!isEmpty()) wrong("an object");
    return parts;
  }

  /// The parts of a list; one alone is a list of itself.
  public List<Part> items() {
    if (tree instanceof Tree.Items items) {
      var parts = new ArrayList<Part>();
      for (int i = 0; i < items.all().size(); i++)
        parts.add(new Part(items.all().get(i), path + "[" + i + "]", complaints));
      return parts;
    }
    return isEmpty() ? List.of() : List.of(this);
  }

  /// A single text; empty if it is not there.
  public String text() {
    if (tree instanceof Tree.Text text) {
      if (text.value().length() <= LONGEST_WORD && Plain.is(text.value())) return text.value();
      complaints.refuse(path, "this is no name, word or number", NEXT);
    } else if (!isEmpty()) wrong("a single value");
    return "";
  }

  /// A single text of any length.
  public String longText() {
    if (tree instanceof Tree.Text text) return text.value();
    if (!isEmpty()) wrong("a single value");
    return "";
  }

  /// A single text of any length; empty if it is something else.
  public String longTextOrNone() {
    return tree instanceof Tree.Text text ? text.value() : "";
  }

  /// Texts: a list of them, or one with commas in it, as Graph writes several words of one kind.
  public List<String> words() {
    if (tree instanceof Tree.Text)
      return List.of(text().split(",")).stream()
          .map(String::strip)
          .filter(word -> !word.isEmpty())
          .toList();
    var items = items();
    if (items.size() > MOST_WORDS) {
      complaints.refuse(
          path,
          "this lists " + items.size() + " entries; the most is " + MOST_WORDS,
          "put them in a group and name that");
      return List.of();
    }
    return items.stream().map(Part::text).filter(word -> !word.isEmpty()).distinct().toList();
  }

  /// Words from a fixed choice, in the case given there. Others are complained of.
  public List<String> words(List<String> known) {
    var found = new ArrayList<String>();
    for (var word : words()) {
      var match = known.stream().filter(word::equalsIgnoreCase).findFirst();
      match.ifPresentOrElse(
          found::add,
          () ->
              complaints.refuse(
                  path,
                  "`" + Plain.line(word, 60) + "` is not known here",
                  "find out what it means, and write this policy by hand"));
    }
    return found.stream().distinct().toList();
  }

  /// `true` or `false`; empty if it is not there.
  public Optional<Boolean> flag() {
    var text = text().toLowerCase(Locale.ROOT);
    if (text.equals("true") || text.equals("false")) return Optional.of(text.equals("true"));
    if (!text.isEmpty()) wrong("`true` or `false`");
    return Optional.empty();
  }

  /// Complains of every key that has not been asked for and says something.
  public void nothingElse() {
    if (!(tree instanceof Tree.Entries entries)) return;
    entries
        .all()
        .forEach((key, value) -> {
          if (isRemark(key) || value.isEmpty() || asked.contains(key.toLowerCase(Locale.ROOT)))
            return;
          complaints.refuse(
              path + "." + Plain.line(key, 60),
              "this is not known here",
              "find out what it does, and write this policy by hand");
        });
  }

  /// Notes of the protocol, which say nothing of the policy.
  private static boolean isRemark(String key) {
    return key.contains("@odata.") || key.startsWith("#microsoft.");
  }

  private void wrong(String expected) {
    complaints.refuse(
        path, "this is " + tree.kind() + " and should be " + expected + ": " + EXPECTED, NEXT);
  }
}
