// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.laws.Model.Ask;
import dev.vigil.policy.laws.Model.Kind;
import dev.vigil.policy.laws.Model.Requirement;
import dev.vigil.policy.laws.Model.Rule;
import dev.vigil.policy.laws.Model.Strength;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What a policy offers to whoever is not let in, by the definition: every set of remedies is
/// tried.
record Steps(Model model) {

  /// With more remedies than this to choose from, not every choice is tried here.
  private static final int MOST = 6;

  /// How many steps, and how many of them change the device.
  record Size(int steps, int fixes) implements Comparable<Size> {

    static final Size NONE = new Size(0, 0);

    @Override
    public int compareTo(Size other) {
      return steps != other.steps ? steps - other.steps : fixes - other.fixes;
    }
  }

  /// Whether there are so few remedies that [#fewest] can be asked for.
  boolean countable(World world) {
    return model
        .enforced(Kind.PERMIT)
        .filter(permit -> !model.standsAgainst(permit, world))
        .allMatch(permit -> asked(permit, world).size() <= MOST);
  }

  /// The fewest steps, then the fewest fixes, that would let this person in by some permit that
  /// nothing stands against now; none if nothing would.
  Size fewest(World world) {
    return model
        .enforced(Kind.PERMIT)
        .filter(permit -> !model.standsAgainst(permit, world))
        .flatMap(permit ->
            choices(asked(permit, world)).stream()
                .filter(chosen -> works(chosen, permit, world))
                .map(Steps::size))
        .min(Size::compareTo)
        .orElse(Size.NONE);
  }

  private static Size size(List<Requirement> chosen) {
    int fixes = (int) chosen.stream().flatMap(r -> r.fix().stream()).distinct().count();
    return new Size(fixes + (chosen.stream().anyMatch(r -> r.ask().isPresent()) ? 1 : 0), fixes);
  }

  /// The requirements with a remedy that are unmet, or would be once remedies of such have been
  /// tried; no more than one above what can be counted.
  private List<Requirement> asked(Rule permit, World world) {
    var asked = new LinkedHashSet<Requirement>();
    int before = -1;
    while (before != asked.size() && asked.size() <= MOST) {
      before = asked.size();
      for (var done : choices(List.copyOf(asked))) {
        var worlds = done.isEmpty() ? List.of(world) : after(done, world);
        if (worlds.stream().anyMatch(w -> model.standsAgainst(permit, w))) continue;
        for (var then : worlds) asked.addAll(unmet(permit, then));
      }
    }
    return List.copyOf(asked);
  }

  private List<Requirement> unmet(Rule permit, World world) {
    return Stream.concat(
            Stream.of(permit),
            model.enforced(Kind.GUARD).filter(rule -> model.applies(rule, world)))
        .flatMap(rule -> rule.requirements().stream())
        .filter(r -> r.hasRemedy() && !model.met(r, world))
        .toList();
  }

  private static List<List<Requirement>> choices(List<Requirement> all) {
    var choices = new ArrayList<List<Requirement>>();
    for (int part = 0; part < 1 << Math.min(all.size(), MOST); part++) {
      var chosen = new ArrayList<Requirement>();
      for (int i = 0; i < Math.min(all.size(), MOST); i++)
        if ((part >> i & 1) == 1) chosen.add(all.get(i));
      choices.add(chosen);
    }
    return choices;
  }

  private boolean works(List<Requirement> done, Rule permit, World world) {
    var after = after(done, world);
    var alone =
        model.with(
            model.rules().stream()
                .filter(r -> r.kind() != Kind.PERMIT || r.name().equals(permit.name()))
                .toList());
    return !after.isEmpty()
        && after.stream().allMatch(w -> model.applies(permit, w) && alone.granted(w).size() == 1);
  }

  /// The worlds that may come about when the person does what these requirements ask for; none if
  /// that cannot be done.
  List<World> after(List<Requirement> done, World world) {
    var asks = done.stream().flatMap(r -> r.ask().stream()).toList();
    return authenticated(asks, world).stream()
        .map(w -> fixed(done, w))
        .map(w -> w.map(List::of).orElse(List.<World>of()))
        .reduce((a, b) ->
            a.isEmpty() || b.isEmpty() ? List.of() : Stream.concat(a.stream(), b.stream()).toList())
        .orElse(List.of());
  }

  /// One authentication serves all that is asked. It may be in any way that counts.
  private List<World> authenticated(List<Ask> asks, World world) {
    var start =
        asks.stream().anyMatch(Ask::transaction)
            ? suppose(world, "authentication.transaction_approved", true)
            : world;
    var named =
        asks.stream()
            .flatMap(a -> a.strength().stream())
            .distinct()
            .map(name -> Objects.requireNonNull(model.strengths().get(name)))
            .toList();
    if (named.isEmpty())
      return asks.stream().anyMatch(a -> a.maxAge().isPresent())
          ? Stream.of("passkey", "passkey-hardware")
              .map(way -> suppose(start, "authentication.strength", way))
              .toList()
          : List.of(start);
    return common(named).stream()
        .flatMap(s -> s.ways().stream().map(way -> authenticated(s, way, start)))
        .toList();
  }

  private static World authenticated(Strength strength, String way, World start) {
    var now = suppose(start, "authentication.strength", way);
    for (var flag : strength.flags()) now = suppose(now, flag, true);
    if (strength.methods().isEmpty()) return now;
    var methods = new ArrayList<Object>();
    if (now.value("authentication.methods") instanceof List<?> before) methods.addAll(before);
    for (var method : strength.methods()) if (!methods.contains(method)) methods.add(method);
    return suppose(now, "authentication.methods", methods);
  }

  /// A named strength that implies all of these, as a challenge can only name one.
  private Optional<Strength> common(List<Strength> named) {
    return Stream.concat(named.stream(), model.strengths().values().stream())
        .filter(s -> named.stream().allMatch(s::implies))
        .findFirst();
  }

  private Optional<World> fixed(List<Requirement> done, World world) {
    var now = Optional.of(world);
    for (var requirement : done) {
      if (requirement.fix().isPresent())
        now = now.flatMap(w -> made(requirement.condition().orElseThrow(), w));
    }
    return now;
  }

  /// The world in which a fix has made the condition hold, by changing the device and nothing else;
  /// empty if that cannot be.
  private Optional<World> made(Expr condition, World world) {
    if (condition.in(world, model).equals(Expr.TRUE)) return Optional.of(world);
    return switch (condition) {
      case Expr.And and -> {
        var now = Optional.of(world);
        for (var part : and.parts()) now = now.flatMap(w -> made(part, w));
        yield now;
      }
      case Expr.Or or ->
          or.parts().stream().flatMap(part -> made(part, world).stream()).findFirst();
      case Atom.Flag(String fact) -> changed(world, fact, true);
      case Expr.Not(Atom.Flag(String fact)) -> changed(world, fact, false);
      case Atom.Cmp cmp -> changed(world, cmp.fact(), cmp.constant());
      case Atom.In in -> changed(world, in.fact(), in.values().getFirst());
      case Atom.Since since ->
          changed(world, since.fact(), LocalDate.ofInstant(world.at(), ZoneOffset.UTC))
              .filter(w -> since.in(w, model).equals(Expr.TRUE));
      case Atom.Younger younger -> renewed(world, younger.fact(), EvidenceTier.REPORTED);
      case Atom.Tier tier -> renewed(world, tier.fact(), tier.least());
      default -> Optional.empty();
    };
  }

  private static Optional<World> changed(World world, String fact, Object value) {
    if (!fact.startsWith("device.")) return Optional.empty();
    var known = world.known(fact);
    return Optional.of(
        world.with(fact, value, known == null ? EvidenceTier.REPORTED : known.tier()));
  }

  private static Optional<World> renewed(World world, String fact, EvidenceTier least) {
    var known = world.known(fact);
    if (known == null || !fact.startsWith("device.")) return Optional.empty();
    return Optional.of(
        world.with(fact, known.value(), known.tier().compareTo(least) >= 0 ? known.tier() : least));
  }

  private static World suppose(World world, String fact, Object value) {
    var known = world.known(fact);
    return world.with(fact, value, known == null ? EvidenceTier.OBSERVED : known.tier());
  }
}
