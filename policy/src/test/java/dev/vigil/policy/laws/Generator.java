// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// Makes policies and worlds from a seed. Small vocabularies, so that things meet.
final class Generator {

  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static final List<Duration> AGES =
      List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(8));
  private static final Map<String, List<Object>> VALUES = values();
  private static final List<String> TIMED =
      List.of("authentication.strength", "device.rooted", "device.managed");

  private final Random random;

  Generator(long seed) {
    random = new Random(seed);
  }

  private static Map<String, List<Object>> values() {
    var values = new TreeMap<String, List<Object>>();
    values.put("subject.population", List.of("employee", "customer", "partner"));
    values.put("subject.groups", List.of(List.of(), List.of("red"), List.of("red", "blue")));
    values.put(
        "authentication.strength", List.of("none", "certificate", "passkey", "passkey-hardware"));
    values.put("authentication.user_verified", List.of(true, false));
    values.put("authentication.transaction_approved", List.of(true, false));
    values.put("device.platform", List.of("android", "ios"));
    values.put("device.rooted", List.of(true, false));
    values.put("device.managed", List.of(true, false));
    values.put("device.encrypted", List.of(true, false));
    values.put("device.screen_lock", List.of(true, false));
    values.put(
        "device.os_version",
        List.of(Version.parse("16"), Version.parse("17.1"), Version.parse("18.0.1")));
    values.put(
        "device.patch_date",
        List.of(
            LocalDate.parse("2026-01-01"),
            LocalDate.parse("2026-06-01"),
            LocalDate.parse("2026-09-01")));
    values.put(
        "network.address",
        List.of(
            IpAddress.parse("127.0.66.7"), IpAddress.parse("127.0.0.1"), IpAddress.parse("::1")));
    values.put("risk.session", List.of("none", "low", "high"));
    values.put("app.id", List.of("a", "b", "c"));
    values.put("request.method", List.of("GET", "POST"));
    values.put("request.body_bytes", List.of(0L, 10L, 1000L));
    return values;
  }

  World world() {
    var facts = new TreeMap<String, World.Known>();
    VALUES.forEach((name, values) -> {
      if (random.nextInt(8) > 0)
        facts.put(
            name,
            new World.Known(
                of(values),
                tier(),
                NOW.minusSeconds(
                    random.nextInt(4) == 0 ? 300 * random.nextInt(13) : random.nextInt(40_000))));
    });
    return new World(facts, NOW);
  }

  /// The same world with less known: facts missing, evidence older or worth less.
  World less(World world) {
    var less = world;
    for (var name : world.facts().keySet()) {
      var known = world.facts().get(name);
      if (known == null) continue;
      switch (random.nextInt(8)) {
        case 0, 1 -> less = less.without(name);
        case 2 ->
            less =
                less.with(
                    name, new World.Known(known.value(), EvidenceTier.REPORTED, known.observed()));
        case 3 ->
            less =
                less.with(
                    name,
                    new World.Known(
                        known.value(),
                        known.tier(),
                        known.observed().minusSeconds(random.nextInt(40_000))));
        default -> {}
      }
    }
    return less;
  }

  /// The same world with one fact different, missing or new.
  World changed(World world, String name) {
    return random.nextInt(3) == 0
        ? world.without(name)
        : world.with(
            name,
            new World.Known(
                of(VALUES.getOrDefault(name, List.of(true))),
                tier(),
                NOW.minusSeconds(random.nextInt(40_000))));
  }

  static Set<String> names() {
    return VALUES.keySet();
  }

  Model model() {
    var levels = new LinkedHashMap<String, Expr>();
    for (int i = 0; i < random.nextInt(3); i++)
      levels.put("level-" + i, condition(2, Evidence.NONE, levels.keySet()));
    var strengths = new LinkedHashMap<String, Model.Strength>();
    strengths.put(
        "any", new Model.Strength(List.of("certificate", "passkey", "passkey-hardware"), false));
    strengths.put("passkey", new Model.Strength(List.of("passkey", "passkey-hardware"), true));
    strengths.put(
        "hardware", new Model.Strength(List.of("passkey-hardware"), random.nextBoolean()));
    var rules = new ArrayList<Model.Rule>();
    int permits = 1 + random.nextInt(3);
    for (int i = 0; i < permits; i++)
      rules.add(rule(Model.Kind.PERMIT, "permit-" + i, levels.keySet()));
    for (int i = 0; i < random.nextInt(4); i++)
      rules.add(rule(Model.Kind.GUARD, "guard-" + i, levels.keySet()));
    for (int i = 0; i < random.nextInt(3); i++)
      rules.add(rule(Model.Kind.FORBID, "forbid-" + i, levels.keySet()));
    return new Model(levels, strengths, rules);
  }

  private Model.Rule rule(Model.Kind kind, String name, Set<String> levels) {
    var apps =
        random.nextInt(3) == 0 ? List.<String>of() : List.of(this.<String>of(List.of("a", "b")));
    var requirements = new ArrayList<Model.Requirement>();
    if (kind != Model.Kind.FORBID)
      for (int i = 0; i < random.nextInt(3); i++) requirements.add(requirement(levels));
    var when =
        switch (kind) {
          case PERMIT ->
              random.nextBoolean() ? new Expr.Lit(true) : condition(2, Evidence.POSITIVE, levels);
          case GUARD -> condition(2, Evidence.NEGATIVE, levels);
          case FORBID ->
              new Expr.And(
                  condition(1, Evidence.NEGATIVE, levels), condition(1, Evidence.NEGATIVE, levels));
        };
    var restrict =
        kind == Model.Kind.FORBID
            ? Obligations.NONE
            : restrict(kind == Model.Kind.GUARD && requirements.isEmpty());
    return new Model.Rule(
        kind,
        name,
        apps,
        when,
        requirements,
        restrict,
        random.nextInt(6) == 0,
        kind != Model.Kind.PERMIT && random.nextInt(8) == 0);
  }

  private Obligations restrict(boolean certainly) {
    if (!certainly && random.nextInt(2) == 0) return Obligations.NONE;
    var age = random.nextInt(3) == 0 ? Optional.of(of(AGES)) : Optional.<Duration>empty();
    var methods =
        random.nextInt(4) == 0
            ? of(List.of(Set.of("GET"), Set.of("GET", "POST"), Set.of("GET", "PUT")))
            : Set.<String>of();
    var restrict = new Obligations(random.nextInt(3) == 0, random.nextInt(3) == 0, age, methods);
    return certainly && !restrict.restricts()
        ? new Obligations(true, false, age, methods)
        : restrict;
  }

  private Model.Requirement requirement(Set<String> levels) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> session();
      case 2, 3 ->
          new Model.Requirement(
              fixable(), Optional.of(of(List.of("update-os", "lock"))), Optional.empty());
      default ->
          new Model.Requirement(
              condition(1, Evidence.POSITIVE, levels), Optional.empty(), Optional.empty());
    };
  }

  private Model.Requirement session() {
    var strength =
        random.nextInt(3) > 0
            ? Optional.of(of(List.of("any", "passkey", "hardware")))
            : Optional.<String>empty();
    var age = random.nextBoolean() ? Optional.of(of(AGES)) : Optional.<Duration>empty();
    boolean transaction = (strength.isEmpty() && age.isEmpty()) || random.nextInt(4) == 0;
    return new Model.Requirement(
        new Expr.Lit(true),
        Optional.empty(),
        Optional.of(new Model.Ask(strength, age, transaction)));
  }

  private Expr fixable() {
    return switch (random.nextInt(4)) {
      case 0 -> new Expr.Flag("device.screen_lock");
      case 1 -> new Expr.Not(new Expr.Flag("device.encrypted"));
      case 2 -> new Expr.Cmp("device.os_version", ">=", Version.parse("17.1"), "version(\"17.1\")");
      default ->
          new Expr.Cmp(
              "device.patch_date", ">=", LocalDate.parse("2026-06-01"), "date(\"2026-06-01\")");
    };
  }

  private enum Evidence {
    POSITIVE,
    NEGATIVE,
    NONE;

    Evidence opposite() {
      return this == POSITIVE ? NEGATIVE : this == NEGATIVE ? POSITIVE : NONE;
    }
  }

  private Expr condition(int depth, Evidence evidence, Set<String> levels) {
    if (depth == 0) return atom(evidence, levels);
    return switch (random.nextInt(6)) {
      case 0, 1 ->
          new Expr.And(
              condition(depth - 1, evidence, levels), condition(depth - 1, evidence, levels));
      case 2 ->
          new Expr.Or(
              condition(depth - 1, evidence, levels), condition(depth - 1, evidence, levels));
      case 3 -> new Expr.Not(condition(depth - 1, evidence.opposite(), levels));
      case 4 ->
          new Expr.If(
              condition(depth - 1, Evidence.NONE, levels),
              condition(depth - 1, evidence, levels),
              condition(depth - 1, evidence, levels));
      default -> atom(evidence, levels);
    };
  }

  private Expr atom(Evidence evidence, Set<String> levels) {
    if (evidence != Evidence.NONE && random.nextInt(4) == 0) {
      var predicate = evidencePredicate();
      return evidence == Evidence.POSITIVE ? predicate : new Expr.Not(predicate);
    }
    return switch (random.nextInt(11)) {
      case 0 ->
          new Expr.Cmp("subject.population", of(List.of("==", "!=")), "employee", "\"employee\"");
      case 1 -> new Expr.Has(of(List.of("red", "blue")), "subject.groups", random.nextBoolean());
      case 2 -> new Expr.In("risk.session", List.of("none", "low"));
      case 3 -> new Expr.Flag("device.rooted");
      case 4 -> new Expr.Flag("device.managed");
      case 5 -> new Expr.Cmp("request.method", "==", "GET", "\"GET\"");
      case 6 ->
          new Expr.Cmp(
              "request.body_bytes", of(List.of("<", "<=", ">", ">=", "==", "!=")), 10L, "10");
      case 7 -> new Expr.Office();
      case 8 -> new Expr.In("authentication.strength", List.of("passkey", "passkey-hardware"));
      case 9 ->
          levels.isEmpty()
              ? new Expr.Lit(random.nextBoolean())
              : new Expr.Level(of(List.copyOf(levels)));
      default -> new Expr.In("device.platform", List.of("ios"));
    };
  }

  private Expr evidencePredicate() {
    var fact = of(TIMED);
    return switch (random.nextInt(4)) {
      case 0 -> new Expr.Known(fact);
      case 1 -> new Expr.Tier(fact, of(List.of(EvidenceTier.ATTESTED, EvidenceTier.MANAGED)));
      default -> new Expr.Younger(fact, of(AGES));
    };
  }

  private EvidenceTier tier() {
    return of(List.of(EvidenceTier.values()));
  }

  private <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
