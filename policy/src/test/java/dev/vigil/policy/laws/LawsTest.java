// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Facts;
import dev.vigil.policy.laws.Pairs.Case;
import dev.vigil.policy.laws.Pairs.Count;
import dev.vigil.policy.laws.Pairs.Law;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.policy.rule.Restrictions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Laws of every policy.
class LawsTest {

  @Test
  void the_engine_decides_as_the_definition_says() {
    var outcomes = new ConcurrentHashMap<String, Integer>();
    long pairs =
        Pairs.hold(
            new Count(430, 21_500),
            (given, world, more) -> {
              var decision = given.set().decide(world.request());
              outcomes.merge(decision.getClass().getSimpleName(), 1, Integer::sum);
              return decision instanceof Decision.Allow allow
                  ? wrong(allow, given.model(), world)
                  : notWrong(decision, given.model(), world);
            });
    if (Long.getLong("vigil.seed") != null) return;
    System.out.println("engine and definition agree on " + pairs + " pairs: " + outcomes);
    assertThat(pairs).isGreaterThanOrEqualTo(Pairs.full() ? 1_000_000 : 20_000);
    assertThat(outcomes).as("every outcome is met with").hasSize(4);
    assertThat(outcomes.values()).as(outcomes::toString).allMatch(count -> count > 300);
  }

  private static Optional<String> wrong(Decision.Allow allow, Model model, World world) {
    var granted = model.granted(world);
    if (!granted.contains(allow.obligations()))
      return Optional.of("allowed with " + allow.obligations() + ", not any of " + granted);
    return granted.stream()
        .filter(other -> Model.lessThan(other, allow.obligations()))
        .findFirst()
        .map(other -> other + " would restrict less than " + allow.obligations());
  }

  private static Optional<String> notWrong(Decision decision, Model model, World world) {
    var granted = model.granted(world);
    if (!granted.isEmpty()) return Optional.of(decision + "\nbut is granted " + granted);
    var steps = new Steps(model);
    if (!steps.countable(world)) return Optional.empty();
    var fewest = steps.fewest(world);
    return offered(decision).equals(fewest)
        ? Optional.empty()
        : Optional.of(decision + "\nbut the fewest steps are " + fewest);
  }

  private static Steps.Size offered(Decision decision) {
    var steps = steps(decision);
    return new Steps.Size(
        steps.size(), (int) steps.stream().filter(Step.Fix.class::isInstance).count());
  }

  private static List<Step> steps(Decision decision) {
    return switch (decision) {
      case Decision.StepUp up -> List.copyOf(up.steps());
      case Decision.Remediate fix -> fix.steps();
      case Decision.Deny _, Decision.Allow _ -> List.of();
    };
  }

  @Test
  void knowing_less_never_grants_more() {
    Pairs.hold(
        new Count(300),
        new Law() {
          @Override
          public boolean concerns(Model model) {
            return model.rules().stream().noneMatch(Model.Rule::skip);
          }

          @Override
          public Optional<String> complaint(Case given, World world, Worlds more) {
            var less = more.less(world);
            if (!(given.set().decide(less.request()) instanceof Decision.Allow before)
                || (given.set().decide(world.request()) instanceof Decision.Allow after
                    && Restrictions.LEAST_FIRST.compare(after.obligations(), before.obligations())
                        <= 0)) return Optional.empty();
            return Optional.of("knowing less grants more: " + less);
          }
        });
  }

  /// Whatever is unknown of some entities, a request that would be let in with them was
  /// conceivable.
  @Test
  void what_is_allowed_was_conceivable_before_everything_was_known() {
    Pairs.hold(
        new Count(150),
        (given, world, more) -> {
          if (!given.set().decide(world.request()).allows()) return Optional.empty();
          return Stream.of(Entity.values())
              .filter(entity -> !given.set().conceivable(without(world.request(), entity)))
              .findFirst()
              .map(entity -> "allowed, and inconceivable without the facts of the " + entity);
        });
  }

  private static AccessRequest without(AccessRequest request, Entity entity) {
    return request.with(Facts.unknown(entity));
  }

  @Test
  void forbid_trumps_permit() {
    Pairs.hold(
        new Count(150),
        (given, world, more) ->
            given.model().forbidden(world)
                    && !(given.set().decide(world.request()) instanceof Decision.Deny)
                ? Optional.of("forbidden, and not denied")
                : Optional.empty());
  }

  @Test
  void report_rules_change_nothing() {
    Pairs.hold(new Count(150), new ReportOnly());
  }

  private static final class ReportOnly implements Law {
    private final Map<CompiledPolicySet, Optional<Case>> without =
        Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public boolean concerns(Model model) {
      return model.rules().stream().anyMatch(Model.Rule::report);
    }

    @Override
    public Optional<String> complaint(Case given, World world, Worlds more) {
      var plain = without.computeIfAbsent(given.set(), set -> enforced(given.model()));
      if (plain.isEmpty()) return Optional.empty();
      var decision = given.set().decide(world.request());
      var expected = plain.get().set().decide(world.request());
      return decision.equals(expected)
          ? Optional.empty()
          : Optional.of(decision + "\nbut without report rules " + expected);
    }

    private static Optional<Case> enforced(Model model) {
      return Case.of(model.with(model.rules().stream().filter(r -> !r.report()).toList()));
    }
  }

  @Test
  void what_is_reported_is_what_enforcing_would_do() {
    Pairs.hold(
        new Count(150),
        (given, world, more) -> {
          var reported =
              given.model().rules().stream().filter(Model.Rule::report).map(Model.Rule::name);
          var names = reported.collect(Collectors.toSet());
          var shadow = given.set().shadow(world.request());
          if (!shadow.alone().keySet().equals(names)) return Optional.of("reports on others");
          return Stream.concat(
                  Stream.of(differs(shadow.together(), given.model().enforcing(names), world)),
                  names.stream()
                      .map(name ->
                          differs(
                              Objects.requireNonNull(shadow.alone().get(name)),
                              given.model().enforcing(Set.of(name)),
                              world)))
              .flatMap(Optional::stream)
              .findFirst();
        });
  }

  private static Optional<String> differs(Decision decision, Model model, World world) {
    return decision.allows() == model.granted(world).isEmpty()
        ? Optional.of("reported as " + decision + "\nbut granted " + model.granted(world))
        : Optional.empty();
  }

  @Test
  void every_offered_step_works() {
    Pairs.hold(
        new Count(400),
        (given, world, more) -> {
          var decision = given.set().decide(world.request());
          if (steps(decision).isEmpty()) return Optional.empty();
          var asked =
              decision.basis().reasons().stream()
                  .map(reason -> requirement(given.model(), reason))
                  .toList();
          var after = new Steps(given.model()).after(asked, world);
          if (after.isEmpty()) return Optional.of(decision + "\nbut that cannot be done");
          return after.stream()
              .filter(then -> !given.set().decide(then.request()).allows())
              .findFirst()
              .map(then -> decision + "\nbut does not let in " + then);
        });
  }

  /// The requirement that a reason names: `r` and its place in the rule.
  private static Model.Requirement requirement(Model model, Decision.Reason reason) {
    return model.rules().stream()
        .filter(rule -> rule.name().equals(reason.rule()))
        .findFirst()
        .orElseThrow()
        .requirements()
        .get(Integer.parseInt(reason.requirement().substring(1)));
  }

  @Test
  void nothing_changes_before_valid_until() {
    var ended = new ConcurrentHashMap<Class<?>, Integer>();
    Pairs.hold(
        new Count(120),
        (given, world, more) -> {
          var decision = given.set().decide(world.request());
          var until = decision.basis().validUntil();
          if (!until.isAfter(world.at())) return Optional.of("stands until " + until);
          ended.merge(decision.getClass(), 1, Integer::sum);
          return Turns.of(given.model(), world)
              .filter(time -> time.isAfter(world.at()) && time.isBefore(until))
              .filter(time -> more.picks(6) || time.equals(until.minusNanos(1)))
              .filter(time -> !sameAnswer(given, decision, world.at(time)))
              .findFirst()
              .map(time -> "stands until " + until + " but changes at " + time);
        });
    if (Long.getLong("vigil.seed") == null) assertThat(ended.values()).allMatch(n -> n > 100);
  }

  private static boolean sameAnswer(Case given, Decision decision, World world) {
    return answer(given.set().decide(world.request())).equals(answer(decision));
  }

  /// Kind, obligations and steps: what the person at the phone notices.
  private static List<Object> answer(Decision decision) {
    return decision instanceof Decision.Allow allow
        ? List.of(allow.obligations())
        : List.of(decision.getClass(), steps(decision));
  }

  @Test
  void a_fact_that_a_decision_does_not_depend_on_does_not_matter() {
    Pairs.hold(
        new Count(150),
        (given, world, more) -> {
          var decision = given.set().decide(world.request());
          var names =
              decision.basis().dependsOn().stream()
                  .map(Fact::qualifiedName)
                  .collect(Collectors.toSet());
          return Vocabulary.VALUES.keySet().stream()
              .filter(name -> !names.contains(name))
              .filter(
                  name -> !given.set().decide(more.changed(world, name).request()).equals(decision))
              .findFirst()
              .map(name -> decision + "\nbut " + name + " matters");
        });
  }

  @Test
  void many_threads_get_the_answers_that_one_gets() throws InterruptedException {
    var given = Case.of(Policies.of(24)).orElseThrow();
    var worlds = new Worlds(5);
    var requests = Stream.generate(worlds::world).limit(300).map(World::request).toList();
    var alone = Case.of(Policies.of(24)).orElseThrow();
    var expected = requests.stream().map(alone.set()::decide).toList();
    var different = ConcurrentHashMap.newKeySet();
    var threads =
        IntStream.range(0, 100)
            .mapToObj(t ->
                Thread.ofPlatform()
                    .start(() -> {
                      for (int i = 0; i < 3000; i++) {
                        int at = (i * (t % 7 + 1) + t) % requests.size();
                        if (!given.set().decide(requests.get(at)).equals(expected.get(at)))
                          different.add(at);
                      }
                    }))
            .toList();
    for (var thread : threads) thread.join();
    assertThat(different).isEmpty();
  }
}
