// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the ids of an export are called in Vigil, as an administrator says in a file, or as exports
/// of groups say.
public final class KnownNames {

  /// What can be named.
  public enum Kind {
    USERS("users"),
    GROUPS("groups"),
    ROLES("roles"),
    APPS("apps"),
    LOCATIONS("locations");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /// As it is called in the file.
    public String key() {
      return key;
    }
  }

  private final Map<Kind, Map<String, List<String>>> names = new EnumMap<>(Kind.class);
  private final Map<String, Set<String>> exported = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /// Nothing is named yet.
  public KnownNames() {}

  /// Reads a file of names: `groups`, `roles`, `users`, `apps` and `locations`, each a mapping from
  /// ids to names; or a mapping from ids to the names of groups alone. A location maps to its
  /// networks; a role may map to `group:NAME`.
  static KnownNames read(SourceFile file) {
    var names = new KnownNames();
    switch (TreeReader.read(file)) {
      case TreeReader.Read.Unreadable(String why) -> names.problems.add(why);
      case TreeReader.Read.Trees(List<Tree> trees) ->
          trees.forEach(tree -> names.add(part(tree, names)));
    }
    return names;
  }

  private static Part part(Tree tree, KnownNames names) {
    return new Part(tree, "$", (path, why, next) -> names.problems.add(path + ": " + why));
  }

  private void add(Part root) {
    var kinds = new HashMap<String, Kind>();
    for (var kind : Kind.values()) kinds.put(kind.key(), kind);
    root.entries()
        .forEach((key, part) -> {
          var kind = kinds.get(key.toLowerCase(Locale.ROOT));
          if (kind == null) put(Kind.GROUPS, key, part);
          else part.entries().forEach((id, name) -> put(kind, id, name));
        });
  }

  private void put(Kind kind, String id, Part name) {
    var words =
        kind == Kind.LOCATIONS
            ? name.words()
            : name.isEmpty() ? List.<String>of() : List.of(name.text());
    if (words.isEmpty() || words.contains("")) problems.add(name.path() + ": there is no name");
    for (var word : words)
      if (!fits(kind, word))
        problems.add(name.path() + ": `" + Plain.line(word, 60) + "` is no such name");
    of(kind).put(id.toLowerCase(Locale.ROOT), words);
  }

  private static boolean fits(Kind kind, String word) {
    return switch (kind) {
      case USERS, GROUPS, ROLES -> Plain.is(word);
      case APPS -> word.matches("[a-z][a-z0-9-]{0,62}");
      case LOCATIONS -> Ranges.network(word).isPresent();
    };
  }

  /// What is wrong with the file.
  List<String> problems() {
    return problems;
  }

  /// Says what a group is called, unless that is known.
  public void group(String id, String name) {
    var slug = Slugs.group(name);
    var key = id.toLowerCase(Locale.ROOT);
    if (!slug.isEmpty() && !of(Kind.GROUPS).containsKey(key))
      exported.computeIfAbsent(slug, s -> new TreeSet<>()).add(key);
  }

  /// Takes in what the exports of groups said. Groups that would be called the same keep their ids:
  /// whoever is in the one is not in the other.
  public void settle() {
    var given = new HashSet<String>();
    of(Kind.GROUPS).values().forEach(given::addAll);
    exported.forEach((name, ids) -> {
      if (ids.size() == 1 && !given.contains(name))
        of(Kind.GROUPS).put(ids.iterator().next(), List.of(name));
    });
    exported.clear();
  }

  /// The name of an id.
  public Optional<String> name(Kind kind, String id) {
    return Optional.ofNullable(of(kind).get(id.toLowerCase(Locale.ROOT)))
        .filter(words -> !words.isEmpty())
        .map(List::getFirst);
  }

  /// The networks of a location.
  public List<String> networks(String id) {
    return of(Kind.LOCATIONS).getOrDefault(id.toLowerCase(Locale.ROOT), List.of()).stream()
        .flatMap(word -> Ranges.network(word).stream())
        .toList();
  }

  private Map<String, List<String>> of(Kind kind) {
    return names.computeIfAbsent(kind, k -> new HashMap<>());
  }
}
