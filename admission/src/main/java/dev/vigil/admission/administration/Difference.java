// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.policy.rule.DeclaredApp;
import dev.vigil.policy.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How one thing differs between the policies in force and others.
///
/// @param name of a file, rule or app
public record Difference(What what, String name, Kind kind) {

  /// What differs.
  public enum What {
    FILE,
    /// An app that the policies declare.
    APP,
    PERMIT,
    GUARD,
    FORBID
  }

  /// In which way.
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  /// The files that differ, by name.
  static List<Difference> ofFiles(Map<String, String> before, Map<String, String> after) {
    return between(What.FILE, before, after);
  }

  /// The rules that differ, permits first, each kind by name. A rule also differs when what it
  /// stands on, such as a level, has changed; one that became another kind of rule was removed and
  /// added.
  static List<Difference> ofRules(Optional<CompiledPolicySet> before, CompiledPolicySet after) {
    var differences = new ArrayList<Difference>();
    for (What what : List.of(What.PERMIT, What.GUARD, What.FORBID))
      differences.addAll(
          between(what, before.map(set -> rules(set, what)).orElse(Map.of()), rules(after, what)));
    return List.copyOf(differences);
  }

  /// The apps that are declared differently.
  static List<Difference> ofApps(Optional<CompiledPolicySet> before, CompiledPolicySet after) {
    return between(What.APP, before.map(Difference::apps).orElse(Map.of()), apps(after));
  }

  private static Map<String, DeclaredApp> apps(CompiledPolicySet set) {
    var apps = new TreeMap<String, DeclaredApp>();
    set.rules().declared().apps().forEach(app -> apps.put(app.id().value(), app));
    return apps;
  }

  private static Map<String, Rule> rules(CompiledPolicySet set, What what) {
    var rules = new TreeMap<String, Rule>();
    for (Rule rule : set.rules().all()) if (whatOf(rule) == what) rules.put(rule.name(), rule);
    return rules;
  }

  private static What whatOf(Rule rule) {
    return switch (rule) {
      case Rule.Permit _ -> What.PERMIT;
      case Rule.Guard _ -> What.GUARD;
      case Rule.Forbid _ -> What.FORBID;
    };
  }

  private static <T> List<Difference> between(
      What what, Map<String, T> before, Map<String, T> after) {
    var all = new TreeMap<String, Difference>();
    after.forEach((name, value) -> {
      if (!before.containsKey(name)) all.put(name, new Difference(what, name, Kind.ADDED));
      else if (!value.equals(before.get(name)))
        all.put(name, new Difference(what, name, Kind.CHANGED));
    });
    before.keySet().stream()
        .filter(name -> !after.containsKey(name))
        .forEach(name -> all.put(name, new Difference(what, name, Kind.REMOVED)));
    return List.copyOf(all.values());
  }
}
