// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Obligations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A policy and what it means, by the definition and nothing else.
record Model(Map<String, Expr> levels, Map<String, Strength> strengths, List<Rule> rules) {

  enum Kind {
    PERMIT,
    GUARD,
    FORBID
  }

  record Strength(List<String> ways, boolean verified) {}

  record Rule(
      Kind kind,
      String name,
      List<String> apps,
      Expr when,
      List<Requirement> requirements,
      Obligations restrict,
      boolean report,
      boolean skip) {}

  /// A requirement; what satisfies it: a fix, an authentication, or nothing if both are empty.
  record Requirement(Expr condition, Optional<String> fix, Optional<Ask> ask) {}

  record Ask(Optional<String> strength, Optional<Duration> maxAge, boolean transaction) {}

  Stream<Rule> enforced(Kind kind) {
    return rules.stream().filter(rule -> rule.kind == kind && !rule.report);
  }

  boolean applies(Rule rule, World world) {
    Optional<Boolean> app =
        rule.apps.isEmpty()
            ? Optional.of(true)
            : new Expr.In("app.id", rule.apps).in(world, levels);
    var when = rule.when.in(world, levels);
    Optional<Boolean> both =
        app.equals(Optional.of(false)) || when.equals(Optional.of(false))
            ? Optional.of(false)
            : app.isPresent() && when.isPresent() ? Optional.of(true) : Optional.empty();
    return both.orElse(rule.kind != Kind.PERMIT && !rule.skip);
  }

  boolean met(Requirement requirement, World world) {
    if (requirement.ask.isEmpty())
      return requirement.condition.in(world, levels).equals(Optional.of(true));
    var ask = requirement.ask.get();
    var value = world.facts().get("authentication.strength");
    if (ask.strength.isPresent()) {
      var strength = Objects.requireNonNull(strengths.get(ask.strength.get()));
      if (value == null || !strength.ways.contains(value.value())) return false;
      if (strength.verified && !isTrue(world, "authentication.user_verified")) return false;
    }
    if (ask.maxAge.isPresent()) {
      if (value == null || value.value().equals("none")) return false;
      if (Duration.between(value.observed(), world.at()).compareTo(ask.maxAge.get()) >= 0)
        return false;
    }
    return !ask.transaction || isTrue(world, "authentication.transaction_approved");
  }

  private static boolean isTrue(World world, String fact) {
    var known = world.facts().get(fact);
    return known != null && known.value().equals(true);
  }

  boolean forbidden(World world) {
    return enforced(Kind.FORBID).anyMatch(rule -> applies(rule, world));
  }

  /// The restrictions under which access would be granted: one for each satisfied permit. Empty
  /// means no.
  List<Obligations> granted(World world) {
    if (forbidden(world)) return List.of();
    var guards = enforced(Kind.GUARD).filter(rule -> applies(rule, world)).toList();
    if (!guards.stream().flatMap(rule -> rule.requirements.stream()).allMatch(r -> met(r, world)))
      return List.of();
    var granted = new ArrayList<Obligations>();
    enforced(Kind.PERMIT)
        .filter(
            rule -> applies(rule, world) && rule.requirements.stream().allMatch(r -> met(r, world)))
        .forEach(permit ->
            together(Stream.concat(Stream.of(permit), guards.stream()).map(Rule::restrict).toList())
                .ifPresent(granted::add));
    return granted;
  }

  private static Optional<Obligations> together(List<Obligations> all) {
    var limited =
        all.stream().filter(o -> !o.methods().isEmpty()).map(Obligations::methods).toList();
    Set<String> methods = limited.isEmpty() ? Set.of() : new HashSet<>(limited.getFirst());
    for (var some : limited) methods.retainAll(some);
    boolean readOnly = all.stream().anyMatch(Obligations::readOnly);
    var doable = limited.isEmpty() ? new HashSet<>(Set.of("GET", "POST")) : new HashSet<>(methods);
    if (readOnly) doable.retainAll(Set.of("GET", "HEAD", "OPTIONS", "TRACE"));
    if (doable.isEmpty()) return Optional.empty();
    var age =
        all.stream()
            .map(Obligations::maximumAge)
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder());
    return Optional.of(
        new Obligations(readOnly, all.stream().anyMatch(Obligations::noDownload), age, methods));
  }

  /// Whether the first restricts less in some way and more in none.
  static boolean lessThan(Obligations a, Obligations b) {
    return !a.equals(b) && noMoreThan(a, b);
  }

  static boolean noMoreThan(Obligations a, Obligations b) {
    return (!a.readOnly() || b.readOnly())
        && (!a.noDownload() || b.noDownload())
        && (a.maximumAge().isEmpty()
            || (b.maximumAge().isPresent()
                && b.maximumAge().get().compareTo(a.maximumAge().get()) <= 0))
        && (a.methods().isEmpty()
            || (!b.methods().isEmpty() && a.methods().containsAll(b.methods())));
  }

  /// The fewest steps, then the fewest fixes, that would let this person in by some permit that
  /// applies now; empty if none would. Found by trying every set of remedies.
  Optional<int[]> fewestSteps(World world) {
    if (forbidden(world)) return Optional.empty();
    var best = Optional.<int[]>empty();
    for (var permit : enforced(Kind.PERMIT).filter(rule -> applies(rule, world)).toList()) {
      for (var chosen : choices(asked(permit, world))) {
        if (!works(chosen, permit, world)) continue;
        int fixes = (int) chosen.stream().flatMap(r -> r.fix.stream()).distinct().count();
        int[] size = {fixes + (chosen.stream().anyMatch(r -> r.ask.isPresent()) ? 1 : 0), fixes};
        if (best.isEmpty()
            || size[0] < best.get()[0]
            || (size[0] == best.get()[0] && size[1] < best.get()[1])) best = Optional.of(size);
      }
    }
    return best;
  }

  /// The requirements with a remedy that are unmet, or would be once remedies of such have been
  /// tried.
  private List<Requirement> asked(Rule permit, World world) {
    var asked = new LinkedHashSet<Requirement>();
    int before = -1;
    while (before != asked.size()) {
      before = asked.size();
      for (var done : choices(List.copyOf(asked))) {
        var worlds = done.isEmpty() ? List.of(world) : after(done, world);
        if (worlds.stream().anyMatch(w -> forbidden(w) || !applies(permit, w))) continue;
        for (var then : worlds) {
          Stream.concat(Stream.of(permit), enforced(Kind.GUARD).filter(rule -> applies(rule, then)))
              .flatMap(rule -> rule.requirements.stream())
              .filter(r -> (r.fix.isPresent() || r.ask.isPresent()) && !met(r, then))
              .forEach(asked::add);
        }
      }
    }
    return List.copyOf(asked);
  }

  private static List<List<Requirement>> choices(List<Requirement> all) {
    var choices = new ArrayList<List<Requirement>>();
    for (int part = 0; part < 1 << all.size(); part++) {
      var chosen = new ArrayList<Requirement>();
      for (int i = 0; i < all.size(); i++) if ((part >> i & 1) == 1) chosen.add(all.get(i));
      choices.add(chosen);
    }
    return choices;
  }

  private boolean works(List<Requirement> done, Rule permit, World world) {
    var after = after(done, world);
    return !after.isEmpty()
        && after.stream().allMatch(w -> applies(permit, w) && only(permit).granted(w).size() == 1);
  }

  private Model only(Rule permit) {
    return new Model(
        levels,
        strengths,
        rules.stream().filter(r -> r.kind != Kind.PERMIT || r.name.equals(permit.name)).toList());
  }

  /// The worlds that may come about when the person does what these requirements ask for.
  List<World> after(List<Requirement> done, World world) {
    var asks = done.stream().flatMap(r -> r.ask.stream()).toList();
    var start =
        asks.stream().anyMatch(Ask::transaction)
            ? world.with(
                "authentication.transaction_approved",
                true,
                tier(world, "authentication.transaction_approved"))
            : world;
    var named =
        asks.stream()
            .flatMap(a -> a.strength.stream())
            .distinct()
            .map(name -> Objects.requireNonNull(strengths.get(name)))
            .toList();
    var worlds = new ArrayList<World>();
    if (named.isEmpty() && asks.stream().noneMatch(a -> a.maxAge.isPresent())) {
      worlds.add(start);
    } else {
      boolean verified = named.stream().anyMatch(Strength::verified);
      var ways = named.isEmpty() ? List.of("passkey", "passkey-hardware") : common(named, verified);
      if (ways.isEmpty()) return List.of();
      for (var way : ways) {
        var next =
            start.with("authentication.strength", way, tier(world, "authentication.strength"));
        worlds.add(
            verified
                ? next.with(
                    "authentication.user_verified",
                    true,
                    tier(world, "authentication.user_verified"))
                : next);
      }
    }
    return worlds.stream().map(w -> fixed(done, w)).toList();
  }

  /// The ways of a named strength that implies all of these, as a challenge can only name one.
  private List<String> common(List<Strength> named, boolean verified) {
    return Stream.concat(named.stream(), strengths.values().stream())
        .filter(s ->
            named.stream().allMatch(n -> n.ways.containsAll(s.ways)) && (!verified || s.verified))
        .findFirst()
        .map(Strength::ways)
        .orElse(List.of());
  }

  private World fixed(List<Requirement> done, World world) {
    var now = world;
    for (var requirement : done) {
      if (requirement.fix.isPresent() && !met(requirement, now))
        now = fixed(requirement.condition, now);
    }
    return now;
  }

  private static World fixed(Expr condition, World world) {
    return switch (condition) {
      case Expr.Flag flag -> world.with(flag.fact(), true, deviceTier(world, flag.fact()));
      case Expr.Not(Expr.Flag flag) ->
          world.with(flag.fact(), false, deviceTier(world, flag.fact()));
      case Expr.Cmp cmp -> world.with(cmp.fact(), cmp.constant(), deviceTier(world, cmp.fact()));
      default -> throw new IllegalStateException("the generator makes no other fixable condition");
    };
  }

  private static EvidenceTier tier(World world, String fact) {
    var known = world.facts().get(fact);
    return known == null ? EvidenceTier.OBSERVED : known.tier();
  }

  private static EvidenceTier deviceTier(World world, String fact) {
    var known = world.facts().get(fact);
    return known == null ? EvidenceTier.REPORTED : known.tier();
  }
}
