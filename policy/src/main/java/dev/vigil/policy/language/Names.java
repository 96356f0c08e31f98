// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Network;
import dev.vigil.policy.condition.Window;
import dev.vigil.policy.rule.Strength;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// What a policy names for reuse: levels, locations and strengths, and which of them are used.
final class Names {

  private static final int DEEPEST_LEVELS = 32;

  private final Map<String, List<Network>> locations = new LinkedHashMap<>();
  private final Map<String, Strength> strengths = new LinkedHashMap<>();
  private final Map<String, Window> windows = new LinkedHashMap<>();
  private final Map<String, Yaml.Scalar> levels = new LinkedHashMap<>();
  private final Map<String, Optional<Read>> levelsRead = new HashMap<>();
  private final Map<String, Integer> levelDepths = new HashMap<>();
  private final Deque<String> levelsBeingRead = new ArrayDeque<>();
  private final Set<String> used = new HashSet<>();
  private final Report report;
  private final Weight weight = new Weight();
  private int deepestBelow;
  private FactsSchema schema = FactsSchema.standard();
  private CelEnvironment environment = CelEnvironment.standard();

  Names(Report report) {
    this.report = report;
  }

  /// Declares attributes, before any condition is read.
  void attributes(Collection<Fact> attributes) {
    if (attributes.isEmpty()) return;
    schema = FactsSchema.standard().with(attributes);
    environment = new CelEnvironment(schema);
  }

  /// Every fact that conditions may mention.
  FactsSchema schema() {
    return schema;
  }

  /// What conditions may say.
  CelEnvironment environment() {
    return environment;
  }

  /// Whether a condition is too large with all that its levels bring in.
  boolean isTooLarge(Condition condition) {
    return weight.of(condition) > Weight.MOST;
  }

  void window(String name, Window window) {
    windows.put(name, window);
  }

  Optional<Window> window(String name, Place from) {
    return find("window", windows, name, from);
  }

  void location(String name, List<Network> networks) {
    locations.put(name, networks);
  }

  void strength(Strength strength) {
    strengths.put(strength.name(), strength);
  }

  void level(String name, Yaml.Scalar condition) {
    levels.put(name, condition);
  }

  Collection<Strength> strengths() {
    return strengths.values();
  }

  boolean isUsed(String kind, String name) {
    return used.contains(kind + " " + name);
  }

  Optional<List<Network>> location(String name, Place from) {
    return find("location", locations, name, from);
  }

  Optional<Strength> strength(String name, Place from) {
    return find("strength", strengths, name, from);
  }

  /// The condition of a level, read when it is first asked for.
  Optional<Read> level(
      String name, Place from, BiFunction<Yaml.Scalar, Purpose, Optional<Read>> reader) {
    var written = find("level", levels, name, from);
    if (written.isEmpty()) return Optional.empty();
    return resolve(name, written.get(), from, reader);
  }

  /// Reads every level, used or not.
  void readLevels(BiFunction<Yaml.Scalar, Purpose, Optional<Read>> reader) {
    levels.forEach((name, written) -> resolve(name, written, written.place(), reader));
  }

  private Optional<Read> resolve(
      String name,
      Yaml.Scalar written,
      Place from,
      BiFunction<Yaml.Scalar, Purpose, Optional<Read>> reader) {
    if (levelsBeingRead.contains(name)) {
      var circle = levelsBeingRead.stream().toList().reversed();
      var path = String.join("` -> `", circle.subList(circle.indexOf(name), circle.size()));
      report.problem(
          from,
          "level `" + name + "` leads back to itself",
          "`" + path + "` -> `" + name + "` has no end",
          "break the circle");
      return Optional.empty();
    }
    var known = levelsRead.get(name);
    if (known == null && levelsBeingRead.size() == DEEPEST_LEVELS) return tooDeep(name, from);
    if (known == null) {
      known = readAnew(name, written, reader);
      levelsRead.put(name, known);
    }
    int depth = levelDepths.getOrDefault(name, 1);
    if (depth > DEEPEST_LEVELS) return tooDeep(name, from);
    deepestBelow = Math.max(deepestBelow, depth);
    return known;
  }

  private Optional<Read> readAnew(
      String name, Yaml.Scalar written, BiFunction<Yaml.Scalar, Purpose, Optional<Read>> reader) {
    int before = deepestBelow;
    deepestBelow = 0;
    levelsBeingRead.push(name);
    var read = reader.apply(written, Purpose.NAMED);
    levelsBeingRead.pop();
    levelDepths.put(name, deepestBelow + 1);
    deepestBelow = before;
    return read;
  }

  private Optional<Read> tooDeep(String name, Place from) {
    report.problem(
        from,
        "level `" + name + "` stands too deep in other levels, or others in it",
        "at most " + DEEPEST_LEVELS + " may build on each other",
        "let levels build on each other less");
    return Optional.empty();
  }

  private <T> Optional<T> find(String kind, Map<String, T> among, String name, Place from) {
    used.add(kind + " " + name);
    var found = Optional.ofNullable(among.get(name));
    if (found.isEmpty())
      report.problem(
          from,
          "there is no " + kind + " `" + name + "`",
          "it is not defined in any file of this policy",
          Instead.next(name, among.keySet()));
    return found;
  }
}
