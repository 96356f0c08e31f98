// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A rule in the making, and everything that was found on the way. What is lost is told here, and
/// here alone it is settled which loss makes the result stricter and which weaker.
public final class Draft implements Complaints {

  /// What the rule does where it applies.
  public enum Effect {
    /// It asks for something: to apply more widely is stricter, and bearable.
    ASKS,
    /// It lets nobody pass: to apply more widely would lock people out whom nobody meant.
    BLOCKS
  }

  private final Effect effect;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Bool> when = new ArrayList<>();
  private final Map<KnownNames.Kind, Set<String>> unnamed = new LinkedHashMap<>();
  private Optional<String> needless = Optional.empty();

  public Draft(Effect effect) {
    this.effect = effect;
  }

  /// Narrows where the rule applies.
  public void narrow(Bool condition) {
    when.add(condition);
  }

  @Override
  public void refuse(String path, String why, String next) {
    find(Finding.Kind.REFUSED, path, why, next);
  }

  /// Something that the rule should ask for cannot be asked for here.
  public void missing(String path, String why, String next) {
    find(Finding.Kind.MISSING, path, why, next);
  }

  /// Something was left out or replaced, and the rule is stricter for it.
  public void stricter(String path, String why, String next) {
    find(Finding.Kind.STRICTER, path, why, next);
  }

  /// Something to know.
  public void note(String path, String why, String next) {
    find(Finding.Kind.NOTE, path, why, next);
  }

  /// Something that narrows the rule cannot be said: without it the rule applies more widely.
  public void widened(String path, String why, String next) {
    if (effect == Effect.BLOCKS)
      refuse(path, why + "; without it far more would be blocked than was meant", next);
    else stricter(path, why + "; the rule applies without regard to it", next);
  }

  /// Something that exempts from the rule cannot be said: without it nobody is exempt for it.
  public void unexempted(String path, String why, String next) {
    stricter(path, why + "; nobody is exempt for it", next);
  }

  /// The rule could never apply here, or what it asks for always holds.
  public void needless(String path, String why) {
    if (needless.isEmpty()) needless = Optional.of(why);
    note(path, why, "nothing; look at it once");
  }

  /// An id stands in the rule as it is, because nobody said what it is called here.
  public void unnamed(KnownNames.Kind kind, String id) {
    unnamed.computeIfAbsent(kind, k -> new LinkedHashSet<>()).add(id);
  }

  private void find(Finding.Kind kind, String path, String why, String next) {
    var finding = new Finding(kind, path, why, next);
    if (findings.size() < 100 && !findings.contains(finding)) findings.add(finding);
  }

  /// Everything found, the weightiest first.
  public List<Finding> findings() {
    var all = new ArrayList<>(findings);
    unnamed.forEach((kind, ids) -> all.add(naming(kind, ids)));
    return all.stream().sorted(java.util.Comparator.comparing(Finding::kind)).toList();
  }

  private static Finding naming(KnownNames.Kind kind, Set<String> ids) {
    var shown = ids.stream().limit(3).toList();
    var rest = ids.size() > shown.size() ? ", and " + (ids.size() - shown.size()) + " more" : "";
    return new Finding(
        Finding.Kind.NAMING,
        "$",
        kind.key() + " by their id only: `" + String.join("`, `", shown) + "`" + rest,
        kind == KnownNames.Kind.APPS
            ? "tag the apps with these ids, or name them below `apps:` in a file for `--names`"
            : "name them below `" + kind.key() + ":` in a file for `--names`");
  }

  /// When the rule applies.
  public Bool when() {
    return Bool.all(when);
  }

  /// What it comes to.
  public Fate fate() {
    if (has(Finding.Kind.REFUSED)) return Fate.NOT;
    if (needless.isPresent() || when().equals(Bool.Constant.NEVER)) return Fate.NEEDLESS;
    if (has(Finding.Kind.MISSING)) return Fate.PARTLY;
    return has(Finding.Kind.STRICTER) ? Fate.STRICTER : Fate.EXACTLY;
  }

  /// Whether anything of a kind was found.
  public boolean has(Finding.Kind kind) {
    return findings.stream().anyMatch(finding -> finding.kind() == kind);
  }
}
