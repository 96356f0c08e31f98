// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// What imported rules name: locations, strengths and levels, each with a remark.
public final class Definitions {

  /// A condition may have 4,000 characters; beyond this its parts become levels.
  private static final int LONGEST = 3_600;

  private static final int WORTH_A_LEVEL = 400;
  private static final Pattern NAME =
      Pattern.compile("(?:level|strength|in_location)\\(\"([^\"]*)\"\\)|strength: ([a-z0-9-]+)");

  private final SequencedMap<String, Named> locations = new LinkedHashMap<>();
  private final SequencedMap<String, Named> strengths = new LinkedHashMap<>();
  private final SequencedMap<String, Named> levels = new LinkedHashMap<>();

  /// One of them.
  ///
  /// @param lines what stands below its name, or behind it if there is one line
  record Named(String remark, List<String> lines) {
    Named {
      remark = Plain.line(remark, 300);
      lines = List.copyOf(lines);
    }
  }

  /// Names networks; they were checked before.
  public void location(String name, List<String> networks, String remark) {
    locations.put(name, new Named(remark, networks.stream().map(one -> "- " + one).toList()));
  }

  /// Whether a location of this name is there.
  public boolean hasLocation(String name) {
    return locations.containsKey(name);
  }

  /// Names a strength; another one of that name is never touched.
  ///
  /// @param keys what stands behind each key
  /// @return the name that it has
  public String strength(String name, Map<String, String> keys, String remark) {
    var lines = new ArrayList<String>();
    keys.forEach((key, value) -> lines.add(key + ": " + value));
    var free = name;
    for (int i = 2; strengths.containsKey(free) && !has(free, lines); i++) free = name + "--" + i;
    strengths.putIfAbsent(free, new Named(remark, lines));
    return free;
  }

  private boolean has(String strength, List<String> lines) {
    var there = strengths.get(strength);
    return there != null && there.lines().equals(lines);
  }

  /// Names a condition.
  public void level(String name, Bool condition, String remark) {
    levels.put(name, new Named(remark, List.of(Cel.text(fitted(name, condition)))));
  }

  /// The same condition, short enough to be read: its long parts have become levels.
  public Bool fitted(String rule, Bool condition) {
    if (Cel.text(condition).length() <= LONGEST) return condition;
    return switch (condition) {
      case Bool.Constant constant -> constant;
      case Bool.Is is -> is;
      case Bool.Unsayable unsayable -> unsayable;
      case Bool.Not(Bool of) -> Bool.not(part(rule, fitted(rule, of)));
      case Bool.All(List<Bool> parts) -> grouped(rule, Bool.all(parts(rule, parts)));
      case Bool.Any(List<Bool> parts) -> grouped(rule, Bool.any(parts(rule, parts)));
    };
  }

  private List<Bool> parts(String rule, List<Bool> parts) {
    return parts.stream().map(one -> part(rule, fitted(rule, one))).toList();
  }

  private Bool part(String rule, Bool condition) {
    var text = Cel.text(condition);
    if (text.length() < WORTH_A_LEVEL) return condition;
    var base = rule.length() > 50 ? rule.substring(0, 50) : rule;
    // No slug has two dashes in a row, so that no level of another origin is called so.
    int number = 1;
    while (levels.containsKey(base + "--" + number)) number++;
    var name = base + "--" + number;
    levels.put(name, new Named("A part of " + rule + ".", List.of(text)));
    return new Bool.Is("level(" + Cel.quoted(name) + ")");
  }

  /// Very many short parts are put together in levels.
  private Bool grouped(String rule, Bool condition) {
    if (Cel.text(condition).length() <= LONGEST) return condition;
    boolean all = condition instanceof Bool.All;
    var parts =
        switch (condition) {
          case Bool.All(List<Bool> some) -> some;
          case Bool.Any(List<Bool> some) -> some;
          case Bool.Constant ignored -> List.<Bool>of();
          case Bool.Is ignored -> List.<Bool>of();
          case Bool.Not ignored -> List.<Bool>of();
          case Bool.Unsayable ignored -> List.<Bool>of();
        };
    var groups = new ArrayList<Bool>();
    for (int i = 0; i < parts.size(); i += 8) {
      var some = parts.subList(i, Math.min(parts.size(), i + 8));
      groups.add(part(rule, all ? Bool.all(some) : Bool.any(some)));
    }
    return groups.size() >= parts.size()
        ? condition
        : grouped(rule, all ? Bool.all(groups) : Bool.any(groups));
  }

  /// Those of them that a text names, and those that they name in turn.
  Definitions namedIn(String text) {
    var slice = new Definitions();
    var names = new ArrayDeque<String>(names(text));
    while (!names.isEmpty()) {
      var name = names.pop();
      var level = levels.get(name);
      if (level != null && slice.levels.putIfAbsent(name, level) == null)
        names.addAll(names(level.lines().getFirst()));
      if (locations.containsKey(name)) slice.locations.computeIfAbsent(name, locations::get);
      if (strengths.containsKey(name)) slice.strengths.computeIfAbsent(name, strengths::get);
    }
    return slice;
  }

  private static List<String> names(String text) {
    return NAME.matcher(text)
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .toList();
  }

  /// These definitions as they stand now.
  Definitions copy() {
    var copy = new Definitions();
    copy.locations.putAll(locations);
    copy.strengths.putAll(strengths);
    copy.levels.putAll(levels);
    return copy;
  }

  SequencedMap<String, Named> locations() {
    return locations;
  }

  SequencedMap<String, Named> strengths() {
    return strengths;
  }

  SequencedMap<String, Named> levels() {
    return levels;
  }
}
