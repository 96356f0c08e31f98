// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Everything an author wrote, typed and checked.
///
/// @param strengths all that are named, so that a challenge can ask for the one that implies
///   several others
/// @param declared what its conditions may mention beside the standard facts
public record Rules(
    List<Rule.Permit> permits,
    List<Rule.Guard> guards,
    List<Rule.Forbid> forbids,
    List<Strength> strengths,
    Declared declared) {

  /// No rules at all: everything is denied.
  public static final Rules NONE =
      new Rules(List.of(), List.of(), List.of(), List.of(), Declared.NOTHING);

  public Rules {
    permits = List.copyOf(permits);
    guards = List.copyOf(guards);
    forbids = List.copyOf(forbids);
    strengths = List.copyOf(strengths);
  }

  /// Permits, then guards, then forbids, each in the order written.
  public List<Rule> all() {
    return Stream.of(permits, guards, forbids).<Rule>flatMap(List::stream).toList();
  }

  /// The rules that decide, and no others.
  Rules enforced() {
    return only(rule -> rule.mode() == Rule.Mode.ENFORCE);
  }

  /// The rules that decide, and one more that is only reported on.
  Rules enforcedAnd(String reported) {
    return only(rule -> rule.mode() == Rule.Mode.ENFORCE || rule.name().equals(reported));
  }

  private Rules only(Predicate<Rule> wanted) {
    return new Rules(
        kept(permits, wanted), kept(guards, wanted), kept(forbids, wanted), strengths, declared);
  }

  private static <R extends Rule> List<R> kept(List<R> rules, Predicate<Rule> wanted) {
    var kept = new ArrayList<R>();
    for (R rule : rules) if (wanted.test(rule)) kept.add(rule);
    return kept;
  }
}
