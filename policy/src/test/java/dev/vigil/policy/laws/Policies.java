// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.Version;
import dev.vigil.policy.laws.Conditions.Evidence;
import dev.vigil.policy.laws.Model.Kind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes policies: most of a few rules in which much meets, some of many rules.
final class Policies {

  private static final int ONE_IN_IS_WIDE = 24;

  private final Dice dice;
  private final Map<String, Expr> levels = new LinkedHashMap<>();
  private final Map<String, Model.Strength> strengths = new LinkedHashMap<>();
  private final Map<String, Stretch> windows = new LinkedHashMap<>();
  private Conditions conditions;

  private Policies(long seed) {
    dice = new Dice(seed);
    windows();
    strengths();
    conditions = conditions();
    int count = dice.below(3);
    for (int i = 0; i < count; i++) {
      levels.put("level-" + i, conditions.condition(2, Evidence.NONE));
      conditions = conditions();
    }
  }

  private Conditions conditions() {
    return new Conditions(
        dice,
        List.copyOf(levels.keySet()),
        List.copyOf(strengths.keySet()),
        List.copyOf(windows.keySet()));
  }

  /// The policy of a seed.
  static Model of(long seed) {
    var policies = new Policies(seed);
    return new Model(
        policies.levels,
        policies.strengths,
        policies.windows,
        seed % ONE_IN_IS_WIDE == 0 ? policies.many() : policies.few());
  }

  private void windows() {
    for (int i = 0; i < 2; i++) {
      var days = new ArrayList<>(List.of(DayOfWeek.values()));
      int without = dice.below(7);
      for (int j = 0; j < without; j++) days.remove(dice.of(days));
      var times =
          List.of("00:00", "02:30", "08:00", "18:00", "22:00").stream()
              .map(LocalTime::parse)
              .toList();
      windows.put(
          "window-" + i,
          new Stretch(
              days,
              dice.of(times),
              dice.of(times),
              ZoneId.of(dice.among("UTC", "Europe/Zurich", "Pacific/Auckland")),
              dice.maybe(5, () -> LocalDate.parse("2026-11-21")),
              dice.maybe(5, () -> LocalDate.parse("2026-11-23"))));
    }
  }

  private void strengths() {
    var verified = List.of("authentication.user_verified");
    strengths.put("any", new Model.Strength(Vocabulary.WAYS, List.of(), List.of()));
    strengths.put(
        "passkey", new Model.Strength(List.of("passkey", "passkey-hardware"), List.of(), verified));
    strengths.put(
        "hardware",
        new Model.Strength(
            List.of("passkey-hardware"),
            dice.oneIn(3) ? List.of("hwk") : List.of(),
            dice.coin() ? verified : List.of()));
    strengths.put(
        "pin",
        new Model.Strength(
            List.of("passkey", "passkey-hardware"),
            List.of("pin"),
            dice.coin() ? List.of("authentication.phishing_resistant") : List.of()));
  }

  private List<Model.Rule> few() {
    var rules = new ArrayList<Model.Rule>();
    int permits = 1 + dice.below(3);
    for (int i = 0; i < permits; i++) rules.add(rule(Kind.PERMIT, "permit-" + i));
    int guards = dice.below(4);
    for (int i = 0; i < guards; i++) rules.add(rule(Kind.GUARD, "guard-" + i));
    int forbids = dice.among(0, 0, 1, 2);
    for (int i = 0; i < forbids; i++) rules.add(rule(Kind.FORBID, "forbid-" + i));
    return rules;
  }

  /// Many rules, most of which can be found by a key, and conditions that many of them share.
  private List<Model.Rule> many() {
    var shared = new ArrayList<Expr>();
    for (int i = 0; i < 4; i++) shared.add(conditions.condition(2, Evidence.NONE));
    shared.add(conditions.large());
    var rules = new ArrayList<Model.Rule>();
    for (int i = 0; i < 100 + dice.below(60); i++) {
      var kind = dice.oneIn(8) ? dice.among(Kind.GUARD, Kind.FORBID) : Kind.PERMIT;
      var plain = rule(kind, "rule-" + i);
      var when =
          switch (dice.below(4)) {
            case 0 -> new Expr.And(conditions.key(), dice.of(shared));
            case 1 -> new Expr.And(conditions.key(), conditions.key());
            default -> conditions.key();
          };
      rules.add(
          new Model.Rule(
              kind,
              plain.name(),
              plain.apps(),
              when,
              plain.rollout(),
              dice.oneIn(3) ? plain.requirements() : List.of(),
              kind == Kind.GUARD ? restrict(true) : plain.restrict(),
              plain.report(),
              kind != Kind.PERMIT && dice.coin()));
    }
    return rules;
  }

  private Model.Rule rule(Kind kind, String name) {
    var requirements = new ArrayList<Model.Requirement>();
    int count = kind == Kind.FORBID ? 0 : dice.below(3);
    for (int i = 0; i < count; i++) requirements.add(requirement());
    return new Model.Rule(
        kind,
        name,
        apps(),
        when(kind),
        dice.maybe(6, () -> dice.among(1000, 5000, 2575, 10_000)),
        requirements,
        kind == Kind.FORBID
            ? Obligations.NONE
            : restrict(kind == Kind.GUARD && requirements.isEmpty()),
        dice.oneIn(6),
        kind != Kind.PERMIT && dice.oneIn(8));
  }

  private Model.Apps apps() {
    return switch (dice.below(6)) {
      case 0, 1 -> Model.Apps.ANY;
      case 2 ->
          new Model.Apps(
              List.of(),
              dice.coin() ? List.of("red", "green") : List.of(),
              List.of("low", "normal"));
      case 3 ->
          new Model.Apps(
              List.of("a", dice.of(Vocabulary.APPS), "b").stream().distinct().toList(),
              dice.oneIn(3) ? List.of("blue", "red") : List.of(),
              dice.oneIn(3) ? List.of("normal") : List.of());
      default -> new Model.Apps(List.of(dice.among("a", "b")), List.of(), List.of());
    };
  }

  private Expr when(Kind kind) {
    return switch (kind) {
      case PERMIT ->
          dice.oneIn(3) ? new Expr.Lit(true) : conditions.condition(2, Evidence.POSITIVE);
      case GUARD -> conditions.condition(2, Evidence.NEGATIVE);
      case FORBID ->
          dice.oneIn(3)
              ? conditions.key()
              : new Expr.And(
                  conditions.condition(1, Evidence.NEGATIVE),
                  conditions.condition(1, Evidence.NEGATIVE));
    };
  }

  private Obligations restrict(boolean certainly) {
    if (!certainly && dice.coin()) return Obligations.NONE;
    var methods =
        dice.oneIn(4)
            ? dice.among(Set.of("GET"), Set.of("GET", "POST"), Set.of("POST", "PUT"))
            : Set.<String>of();
    var restrict =
        new Obligations(
            methods.contains("GET") && dice.oneIn(3),
            dice.oneIn(3),
            dice.maybe(3, () -> dice.of(Vocabulary.AGES)),
            methods,
            dice.maybe(3, () -> dice.of(Vocabulary.AGES)));
    return certainly && !restrict.restricts()
        ? new Obligations(false, true, Optional.empty(), Set.of())
        : restrict;
  }

  private Model.Requirement requirement() {
    return switch (dice.below(6)) {
      case 0, 1 -> new Model.Requirement(Optional.empty(), Optional.empty(), Optional.of(ask()));
      case 2, 3 ->
          new Model.Requirement(
              Optional.of(fixable(dice.below(2))),
              Optional.of(dice.among("update-os", "lock")),
              Optional.empty());
      case 4 ->
          new Model.Requirement(
              Optional.of(
                  dice.coin()
                      ? new Expr.Strength(dice.of(List.copyOf(strengths.keySet())))
                      : new Atom.Younger("authentication.strength", Duration.ofHours(1))),
              Optional.empty(),
              Optional.of(ask()));
      default ->
          new Model.Requirement(
              Optional.of(conditions.condition(1, Evidence.POSITIVE)),
              Optional.empty(),
              Optional.empty());
    };
  }

  private Model.Ask ask() {
    var strength =
        dice.oneIn(3)
            ? Optional.<String>empty()
            : Optional.of(dice.of(List.copyOf(strengths.keySet())));
    Optional<Duration> age = dice.coin() ? Optional.of(dice.of(Vocabulary.AGES)) : Optional.empty();
    return new Model.Ask(strength, age, (strength.isEmpty() && age.isEmpty()) || dice.oneIn(4));
  }

  private Expr fixable(int depth) {
    if (depth > 0)
      return dice.oneIn(3)
          ? new Expr.Or(new Atom.Has("g1", "subject.groups"), fixable(0))
          : new Expr.And(fixable(0), fixable(0));
    return switch (dice.below(8)) {
      case 0 -> new Atom.Flag("device.screen_lock");
      case 1 -> new Expr.Not(new Atom.Flag("device.encrypted"));
      case 2 -> new Atom.Cmp("device.os_version", ">=", Version.parse("17.1"), dice.coin());
      case 3 -> new Atom.Cmp("device.patch_date", ">=", LocalDate.parse("2026-06-01"));
      case 4 -> new Atom.Since("device.patch_date", dice.of(Vocabulary.AGO), true);
      case 5 -> new Atom.Since("device.attributes.checked", dice.of(Vocabulary.AGO), true);
      case 6 ->
          dice.coin()
              ? new Atom.Younger("device.rooted", Duration.ofHours(1))
              : new Atom.Tier("device.managed", EvidenceTier.ATTESTED);
      default -> new Atom.In("device.platform", List.of("ios"));
    };
  }
}
