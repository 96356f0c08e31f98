// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Obligations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes a policy and a world that break a law smaller, for as long as they break it: without a
/// rule, a requirement, a part of a condition, a fact.
final class Shrinker {

  /// Anything smaller is found long before.
  private static final int MOST_TRIED = 20_000;

  private final Function<Pair, Optional<String>> law;
  private int tried;

  private Shrinker(Function<Pair, Optional<String>> law) {
    this.law = law;
  }

  record Pair(Model model, World world) {}

  /// The smallest pair that was found, and what is wrong with it.
  record Smallest(Pair pair, String complaint) {}

  /// @param law what is wrong with a pair, if anything is; something is with the first
  static Smallest smallest(Pair first, Function<Pair, Optional<String>> law) {
    var shrinker = new Shrinker(law);
    var now = new Smallest(first, law.apply(first).orElse("no longer wrong when tried again"));
    for (var next = shrinker.smaller(now); next.isPresent(); next = shrinker.smaller(now))
      now = next.get();
    return now;
  }

  private Optional<Smallest> smaller(Smallest than) {
    return Stream.concat(
            models(than.pair.model).map(model -> new Pair(model, than.pair.world)),
            worlds(than.pair.world).map(world -> new Pair(than.pair.model, world)))
        .takeWhile(pair -> tried++ < MOST_TRIED)
        .flatMap(pair -> broken(pair).stream())
        .findFirst();
  }

  private Optional<Smallest> broken(Pair pair) {
    try {
      return law.apply(pair).map(complaint -> new Smallest(pair, complaint));
    } catch (NullPointerException undefined) {
      return Optional.empty(); // a name that is still used was left out
    }
  }

  private static Stream<World> worlds(World world) {
    return Stream.concat(
        world.facts().keySet().stream().map(world::without),
        world.facts().entrySet().stream()
            .map(e -> Map.entry(e.getKey(), plain(world, e.getValue())))
            .filter(e -> !e.getValue().equals(world.facts().get(e.getKey())))
            .map(e -> world.with(e.getKey(), e.getValue())));
  }

  private static World.Known plain(World world, World.Known known) {
    return new World.Known(known.value(), EvidenceTier.REPORTED, world.at());
  }

  private static Stream<Model> models(Model model) {
    return Stream.of(
            halves(model.rules()).map(model::with),
            each(model.rules(), Shrinker::rules).map(model::with),
            without(model.levels())
                .map(l -> new Model(l, model.strengths(), model.windows(), model.rules())),
            without(model.strengths())
                .map(s -> new Model(model.levels(), s, model.windows(), model.rules())),
            without(model.windows())
                .map(w -> new Model(model.levels(), model.strengths(), w, model.rules())),
            model.levels().keySet().stream().flatMap(name -> level(model, name)))
        .flatMap(smaller -> smaller);
  }

  private static Stream<Model> level(Model model, String name) {
    return exprs(Objects.requireNonNull(model.levels().get(name)))
        .map(expr -> {
          var levels = new LinkedHashMap<>(model.levels());
          levels.put(name, expr);
          return new Model(levels, model.strengths(), model.windows(), model.rules());
        });
  }

  private static Stream<Model.Rule> rules(Model.Rule r) {
    return Stream.of(
            r.requirements().isEmpty() || r.kind() == Model.Kind.GUARD && !r.restrict().restricts()
                ? Stream.<Model.Rule>empty()
                : Stream.of(with(r, r.when(), List.of())),
            each(r.requirements(), one -> Stream.empty())
                .filter(some -> !some.isEmpty())
                .map(some -> with(r, r.when(), some)),
            exprs(r.when()).map(when -> with(r, when, r.requirements())),
            each(r.requirements(), Shrinker::requirements)
                .filter(some -> some.size() == r.requirements().size())
                .map(some -> with(r, r.when(), some)),
            plainer(r))
        .flatMap(smaller -> smaller);
  }

  private static Stream<Model.Requirement> requirements(Model.Requirement requirement) {
    if (requirement.fix().isPresent()) return Stream.empty();
    return requirement.condition().stream()
        .flatMap(Shrinker::exprs)
        .map(condition ->
            new Model.Requirement(Optional.of(condition), requirement.fix(), requirement.ask()));
  }

  private static Model.Rule with(Model.Rule r, Expr when, List<Model.Requirement> requirements) {
    return new Model.Rule(
        r.kind(),
        r.name(),
        r.apps(),
        when,
        r.rollout(),
        requirements,
        r.restrict(),
        r.report(),
        r.skip());
  }

  /// Without what stands beside the condition.
  private static Stream<Model.Rule> plainer(Model.Rule r) {
    var none = Obligations.NONE;
    var keeps = r.kind() == Model.Kind.GUARD && r.requirements().isEmpty();
    return Stream.of(
            new Model.Rule(
                r.kind(),
                r.name(),
                r.apps(),
                r.when(),
                Optional.empty(),
                r.requirements(),
                r.restrict(),
                r.report(),
                r.skip()),
            new Model.Rule(
                r.kind(),
                r.name(),
                Model.Apps.ANY,
                r.when(),
                r.rollout(),
                r.requirements(),
                r.restrict(),
                r.report(),
                r.skip()),
            new Model.Rule(
                r.kind(),
                r.name(),
                r.apps(),
                r.when(),
                r.rollout(),
                r.requirements(),
                keeps ? r.restrict() : none,
                r.report(),
                r.skip()),
            new Model.Rule(
                r.kind(),
                r.name(),
                r.apps(),
                r.when(),
                r.rollout(),
                r.requirements(),
                r.restrict(),
                false,
                r.skip()),
            new Model.Rule(
                r.kind(),
                r.name(),
                r.apps(),
                r.when(),
                r.rollout(),
                r.requirements(),
                r.restrict(),
                r.report(),
                false))
        .filter(other -> !other.equals(r));
  }

  private static Stream<Expr> exprs(Expr expr) {
    if (expr instanceof Expr.Lit) return Stream.empty();
    var constants = Stream.<Expr>of(new Expr.Lit(true), new Expr.Lit(false));
    if (expr instanceof Atom.Each each)
      return Stream.concat(
          constants,
          exprs(each.body())
              .map(body -> new Atom.Each(each.all(), each.list(), each.element(), body)));
    if (!(expr instanceof Expr.Joined joined)) return constants;
    boolean list = expr instanceof Expr.And || expr instanceof Expr.Or;
    return Stream.of(
            constants,
            joined.parts().stream(),
            each(joined.parts(), Shrinker::exprs)
                .filter(parts -> list ? !parts.isEmpty() : parts.size() == joined.parts().size())
                .map(joined::of))
        .flatMap(smaller -> smaller);
  }

  /// Without one half or the other of many.
  private static <T> Stream<List<T>> halves(List<T> all) {
    if (all.size() < 8) return Stream.empty();
    int quarter = all.size() / 4;
    return IntStream.range(0, 4)
        .mapToObj(i -> {
          var some = new ArrayList<>(all);
          some.subList(i * quarter, (i + 1) * quarter).clear();
          return some;
        });
  }

  /// Without one, or with one made smaller.
  private static <T> Stream<List<T>> each(List<T> all, Function<T, Stream<T>> smaller) {
    return IntStream.range(0, all.size())
        .boxed()
        .flatMap(i ->
            Stream.concat(
                Stream.of(replaced(all, i, Optional.empty())),
                smaller.apply(all.get(i)).map(one -> replaced(all, i, Optional.of(one)))));
  }

  private static <T> List<T> replaced(List<T> all, int index, Optional<T> by) {
    var some = new ArrayList<>(all);
    if (by.isPresent()) some.set(index, by.get());
    else some.remove(index);
    return some;
  }

  private static <T> Stream<Map<String, T>> without(Map<String, T> all) {
    return all.keySet().stream()
        .map(name -> {
          var some = new LinkedHashMap<>(all);
          some.remove(name);
          return some;
        });
  }
}
