// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.Decision;
import dev.vigil.policy.Fact;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.policy.rule.Restrictions;
import dev.vigil.policy.rule.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Laws of every policy, tried on policies and worlds made from seeds. One seed is tried again with
/// `-Dvigil.seed=<number>`.
class LawsTest {

  private static final int POLICIES = 450;
  private static final int WORLDS = 50;
  private static final CompiledPolicySet NOTHING = new CompiledPolicySet(Rules.NONE, 0);
  private static final Map<Long, Case> CASES = new ConcurrentHashMap<>();

  /// One policy, compiled, with the generator that goes on making worlds for it.
  private record Case(long seed, Model model, CompiledPolicySet set, Generator generator) {
    String about(World world) {
      return "seed "
          + seed
          + "\n"
          + Written.of(model)
          + "\n"
          + world.facts().entrySet().stream()
              .map(Object::toString)
              .collect(Collectors.joining("\n"));
    }
  }

  private interface Law {
    void holds(Case given, World world);
  }

  /// Tries a law on 22,500 pairs of policy and world.
  private static void forAll(Law law) {
    forSome(POLICIES, law);
  }

  /// Policies whose restrictions contradict each other are refused when read, and passed over here.
  private static void forSome(int policies, Law law) {
    var one = Long.getLong("vigil.seed");
    int tried = 0;
    for (long seed = one == null ? 1 : one;
        seed <= (one == null ? policies * 2L : one) && tried < policies;
        seed++) {
      var given = CASES.computeIfAbsent(seed, LawsTest::make);
      if (given.set == NOTHING) continue;
      tried++;
      var worlds = new Generator(seed * 31 + 7);
      for (int i = 0; i < WORLDS; i++)
        law.holds(new Case(seed, given.model, given.set, worlds), worlds.world());
    }
    assertThat(tried).isEqualTo(one == null ? policies : 1);
  }

  private static Case make(long seed) {
    var generator = new Generator(seed);
    var model = generator.model();
    var reading =
        PolicyReader.read(List.of(new PolicySource("generated.yaml", Written.of(model))), seed);
    return new Case(
        seed, model, reading instanceof Reading.Loaded loaded ? loaded.set() : NOTHING, generator);
  }

  private static CompiledPolicySet compiled(Model model) {
    var reading =
        PolicyReader.read(List.of(new PolicySource("generated.yaml", Written.of(model))), 1);
    assertThat(reading).isInstanceOf(Reading.Loaded.class);
    return ((Reading.Loaded) reading).set();
  }

  @Test
  void the_engine_decides_as_the_definition_says() {
    var outcomes = new LinkedHashMap<String, Integer>();
    forAll((given, world) -> {
      var decision = given.set.decide(world.request());
      outcomes.merge(decision.getClass().getSimpleName(), 1, Integer::sum);
      var granted = given.model.granted(world);
      if (decision instanceof Decision.Allow allow) {
        assertThat(granted).as(() -> given.about(world)).contains(allow.obligations());
        assertThat(granted)
            .as(() -> given.about(world))
            .noneMatch(other -> Model.lessThan(other, allow.obligations()));
        return;
      }
      assertThat(granted).as(() -> given.about(world)).isEmpty();
      var fewest = given.model.fewestSteps(world);
      int[] offered = offered(decision);
      assertThat(offered)
          .as(() -> given.about(world) + "\n" + decision)
          .isEqualTo(fewest.orElse(new int[] {0, 0}));
    });
    assertThat(outcomes).as("every outcome is met with").hasSize(4);
    assertThat(outcomes.values()).as(outcomes::toString).allMatch(count -> count > 300);
  }

  private static int[] offered(Decision decision) {
    return switch (decision) {
      case Decision.StepUp up -> new int[] {up.steps().size(), 0};
      case Decision.Remediate fix ->
          new int[] {
            fix.steps().size(),
            (int) fix.steps().stream().filter(Decision.Step.Fix.class::isInstance).count()
          };
      case Decision.Deny ignored -> new int[] {0, 0};
      case Decision.Allow ignored -> new int[] {0, 0};
    };
  }

  @Test
  void knowing_less_never_grants_more() {
    forAll((given, world) -> {
      if (given.model.rules().stream().anyMatch(Model.Rule::skip)) return;
      var less = given.generator.less(world);
      if (!(given.set.decide(less.request()) instanceof Decision.Allow before)) return;
      var after = given.set.decide(world.request());
      assertThat(after).as(() -> given.about(world)).isInstanceOf(Decision.Allow.class);
      assertThat(
              Restrictions.LEAST_FIRST.compare(
                  ((Decision.Allow) after).obligations(), before.obligations()))
          .as(() -> given.about(world))
          .isNotPositive();
    });
  }

  @Test
  void forbid_trumps_permit() {
    forSome(
        150,
        (given, world) -> {
          var forbidden = given.model.forbidden(world);
          if (forbidden)
            assertThat(given.set.decide(world.request()))
                .as(() -> given.about(world))
                .isInstanceOf(Decision.Deny.class);
        });
  }

  @Test
  void report_rules_change_nothing() {
    var last = new ArrayList<Long>();
    var without = new ArrayList<CompiledPolicySet>();
    forSome(
        150,
        (given, world) -> {
          if (given.model.rules().stream().noneMatch(Model.Rule::report)) return;
          if (last.isEmpty() || last.getLast() != given.seed) {
            last.add(given.seed);
            without.add(
                compiled(
                    new Model(
                        given.model.levels(),
                        given.model.strengths(),
                        given.model.rules().stream().filter(r -> !r.report()).toList())));
          }
          var with = given.set.decide(world.request());
          var plain = without.getLast().decide(world.request());
          assertThat(answer(with)).isEqualTo(answer(plain));
          assertThat(with.basis().reasons()).isEqualTo(plain.basis().reasons());
          assertThat(with.basis().validUntil()).isEqualTo(plain.basis().validUntil());
          assertThat(with.basis().dependsOn()).isEqualTo(plain.basis().dependsOn());
        });
  }

  /// Kind, obligations and steps: what the person at the phone notices.
  private static List<Object> answer(Decision decision) {
    return switch (decision) {
      case Decision.Allow allow -> List.of("allow", allow.obligations());
      case Decision.StepUp up -> List.of("step up", up.steps());
      case Decision.Remediate fix -> List.of("remediate", fix.steps());
      case Decision.Deny ignored -> List.of("deny");
    };
  }

  @Test
  void every_offered_step_works() {
    forAll((given, world) -> {
      var decision = given.set.decide(world.request());
      if (decision instanceof Decision.Allow || decision instanceof Decision.Deny) return;
      var rules =
          given.model.rules().stream().collect(Collectors.toMap(Model.Rule::name, rule -> rule));
      var asked =
          decision.basis().reasons().stream()
              .map(reason -> requirement(rules, reason, given))
              .toList();
      var after = given.model.after(asked, world);
      assertThat(after).as(() -> given.about(world)).isNotEmpty();
      for (var then : after)
        assertThat(given.set.decide(then.request()))
            .as(() -> given.about(world) + "\n" + decision + "\n" + then)
            .isInstanceOf(Decision.Allow.class);
    });
  }

  /// The requirement that a reason names, by its place in the rule.
  private static Model.Requirement requirement(
      Map<String, Model.Rule> rules, Decision.Reason reason, Case given) {
    var rule = java.util.Objects.requireNonNull(rules.get(reason.rule()));
    var names =
        given.set.rules().all().stream()
            .filter(r -> r.name().equals(reason.rule()))
            .flatMap(r ->
                (r instanceof dev.vigil.policy.rule.Rule.Permit p
                        ? p.requirements()
                        : ((dev.vigil.policy.rule.Rule.Guard) r).requirements())
                    .stream())
            .map(dev.vigil.policy.rule.Requirement::name)
            .toList();
    return rule.requirements().get(names.indexOf(reason.requirement()));
  }

  @Test
  void nothing_changes_before_valid_until() {
    var ended = new ArrayList<Long>();
    forSome(
        150,
        (given, world) -> {
          var decision = given.set.decide(world.request());
          var until = decision.basis().validUntil();
          var sameAt =
              new ArrayList<>(
                  List.of(
                      world.at().plusSeconds(1),
                      world.at().plus(Duration.ofMinutes(7)),
                      world.at().plus(Duration.ofHours(3)),
                      world.at().plus(Duration.ofHours(9)),
                      world.at().plus(Duration.ofDays(9000))));
          if (!until.equals(Instant.MAX)) {
            ended.add(given.seed);
            assertThat(until).as(() -> given.about(world)).isAfter(world.at());
            sameAt.add(until.minusNanos(1));
          }
          for (var time : sameAt) {
            if (time.isBefore(until))
              assertThat(answer(given.set.decide(world.at(time).request())))
                  .as(() -> given.about(world) + "\n" + time)
                  .isEqualTo(answer(decision));
          }
        });
    assertThat(ended.size()).isGreaterThan(200);
  }

  @Test
  void a_fact_that_was_not_read_does_not_matter() {
    forSome(
        150,
        (given, world) -> {
          var decision = given.set.decide(world.request());
          var read =
              decision.basis().dependsOn().stream()
                  .map(Fact::qualifiedName)
                  .collect(Collectors.toSet());
          for (var name : Generator.names()) {
            if (read.contains(name)) continue;
            var other = given.set.decide(given.generator.changed(world, name).request());
            assertThat(answer(other))
                .as(() -> name + "\n" + given.about(world))
                .isEqualTo(answer(decision));
            assertThat(other.basis())
                .as(() -> name + "\n" + given.about(world))
                .isEqualTo(decision.basis());
          }
        });
  }
}
