// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.check;

import dev.vigil.policy.Obligations;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.language.Place;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Warning;
import dev.vigil.policy.rule.Remedy;
import dev.vigil.policy.rule.Requirement;
import dev.vigil.policy.rule.Restrictions;
import dev.vigil.policy.rule.Rule;
import dev.vigil.policy.rule.Rules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds rules that make no difference: that can never apply, that a forbid always overrules, that
/// another rule always does the work of, or that have no permit to guard.
public final class IdleRules {

  private static final long MOST_COMPARISONS = 2_000_000;

  private static final Comparator<Warning> BY_PLACE =
      Comparator.comparing((Warning one) -> one.place().source())
          .thenComparingInt(one -> one.place().line())
          .thenComparingInt(one -> one.place().column());

  private final Rules rules;
  private final RulePlaces places;
  private final List<Warning> warnings = new ArrayList<>();
  private long comparisons;

  private IdleRules(Rules rules, RulePlaces places) {
    this.rules = rules;
    this.places = places;
  }

  /// A rule with its parts taken out once.
  ///
  /// @param when what holds when it applies, its apps included
  private record Open(
      Rule rule, List<Condition> own, List<Condition> when, List<Requirement> required) {

    static Open of(Rule rule) {
      var required =
          switch (rule) {
            case Rule.Permit permit -> permit.requirements();
            case Rule.Guard guard -> guard.requirements();
            case Rule.Forbid ignored -> List.<Requirement>of();
          };
      var own = Implication.parts(rule.when().condition());
      var when = new ArrayList<>(Scopes.known(rule.apps()));
      when.addAll(own);
      return new Open(rule, own, when, required);
    }

    boolean enforced() {
      return rule.mode() == Rule.Mode.ENFORCE;
    }
  }

  /// What to look at in sound policies, in the order of the files.
  ///
  /// @param sources those that the rules were read from
  public static List<Warning> in(Rules rules, List<PolicySource> sources) {
    var idle = new IdleRules(rules, RulePlaces.in(sources));
    idle.look();
    return idle.warnings.stream().sorted(BY_PLACE).toList();
  }

  private void look() {
    var permits = rules.permits().stream().<Rule>map(rule -> rule).map(Open::of).toList();
    var guards = rules.guards().stream().<Rule>map(rule -> rule).map(Open::of).toList();
    var forbids = rules.forbids().stream().<Rule>map(rule -> rule).map(Open::of).toList();
    var dead = new HashSet<String>();
    for (var kind : List.of(permits, guards, forbids))
      for (var rule : kind) if (neverApplies(rule)) dead.add(rule.rule().name());
    for (var permit : permits)
      if (!dead.contains(permit.rule().name()) && letsNobodyIn(permit, forbids))
        dead.add(permit.rule().name());
    for (var kind : List.of(permits, guards, forbids)) compare(kind, dead);
    for (var kind : List.of(guards, forbids))
      for (var rule : kind) if (!dead.contains(rule.rule().name())) hasSomethingToGuard(rule);
    if (comparisons >= MOST_COMPARISONS)
      warnings.add(
          new Warning(
              new Place("policies", 1, 1),
              "there are too many rules to compare each with each; not all were"));
  }

  /// A guard or forbid whose condition contradicts itself still applies while it is unknown.
  private boolean neverApplies(Open rule) {
    if (Implication.contradiction(rule.when()).isEmpty()) return false;
    boolean matchesUnknown = rule.rule().unknown() == Rule.Unknown.MATCHES;
    warn(
        rule,
        (matchesUnknown && !rule.when().contains(new Condition.Always(false))
                ? "can apply only while facts are unknown"
                : "can never apply")
            + ": its condition contradicts "
            + (Implication.contradiction(rule.own()).isEmpty()
                ? "the apps it is about"
                : "itself"));
    return true;
  }

  private boolean letsNobodyIn(Open permit, List<Open> forbids) {
    var all = new ArrayList<>(permit.when());
    permit.required().forEach(one -> all.addAll(Implication.parts(one.condition())));
    if (!Implication.contradiction(all).isEmpty()) {
      warn(permit, "can never let anyone in: what it requires contradicts itself or its `who`");
      return true;
    }
    var over = permit.enforced() ? overruling(permit, forbids) : Optional.<Open>empty();
    over.ifPresent(forbid ->
        warn(
            permit,
            "can never let anyone in: forbid `"
                + forbid.rule().name()
                + "` applies whenever it does"));
    return over.isPresent();
  }

  private static Optional<Open> overruling(Open permit, List<Open> forbids) {
    return forbids.stream()
        .filter(forbid ->
            forbid.enforced()
                && Scopes.covers(forbid.rule().apps(), permit.rule().apps())
                && Implication.follow(forbid.own(), permit.when()))
        .findFirst();
  }

  private void compare(List<Open> kind, Set<String> dead) {
    var idle = new HashSet<String>(dead);
    for (var rule : kind) {
      if (!rule.enforced() || idle.contains(rule.rule().name())) continue;
      replacement(rule, kind, idle)
          .ifPresent(other -> {
            idle.add(rule.rule().name());
            boolean same = doesTheWorkOf(rule, other);
            warn(
                rule,
                same
                    ? "does the same as `" + other.rule().name() + "`"
                    : "makes no difference: `" + other.rule().name() + "` does all that it does");
          });
    }
  }

  /// Another rule that is not idle itself and does the work of this one.
  private Optional<Open> replacement(Open rule, List<Open> kind, Set<String> idle) {
    for (var other : kind) {
      var name = other.rule().name();
      if (!other.enforced() || idle.contains(name) || name.equals(rule.rule().name())) continue;
      if (++comparisons >= MOST_COMPARISONS) return Optional.empty();
      if (doesTheWorkOf(other, rule)) return Optional.of(other);
    }
    return Optional.empty();
  }

  /// Whether every answer would be the same without the other rule.
  private static boolean doesTheWorkOf(Open one, Open other) {
    if (!Scopes.covers(one.rule().apps(), other.rule().apps())
        || !Implication.follow(one.own(), other.when())) return false;
    return switch (one.rule()) {
      case Rule.Permit permit ->
          other.rule() instanceof Rule.Permit than
              && follow(one.required(), other.required())
              && restricts(than.restrictions(), permit.restrictions());
      case Rule.Guard guard ->
          other.rule() instanceof Rule.Guard than
              && asWide(guard.unknown(), than.unknown())
              && follow(other.required(), one.required())
              && restricts(guard.restrictions(), than.restrictions());
      case Rule.Forbid forbid ->
          other.rule() instanceof Rule.Forbid than && asWide(forbid.unknown(), than.unknown());
    };
  }

  private static boolean asWide(Rule.Unknown one, Rule.Unknown other) {
    return one == Rule.Unknown.MATCHES || other == Rule.Unknown.SKIPS;
  }

  /// Whether each of these requirements follows from one of those, and would be remedied with it.
  private static boolean follow(List<Requirement> these, List<Requirement> those) {
    return these.stream()
        .allMatch(one ->
            those.stream()
                .anyMatch(other ->
                    remediedWith(one.remedy(), other.remedy())
                        && Implication.follow(
                            Implication.parts(one.condition()),
                            Implication.parts(other.condition()))));
  }

  private static boolean remediedWith(Remedy one, Remedy other) {
    return one.equals(other)
        || (one instanceof Remedy.Authentication && other instanceof Remedy.Authentication);
  }

  /// Whether the one restricts in every way that the other does.
  private static boolean restricts(Obligations one, Obligations other) {
    return Restrictions.both(one, other).equals(Optional.of(one));
  }

  private void hasSomethingToGuard(Open rule) {
    if (rules.permits().stream().noneMatch(permit -> permit.apps().mayOverlap(rule.rule().apps())))
      warn(rule, "has nothing to guard: no permit is about its apps");
  }

  private void warn(Open rule, String says) {
    warnings.add(
        new Warning(places.of(rule.rule().name()), "`" + rule.rule().name() + "` " + says));
  }
}
