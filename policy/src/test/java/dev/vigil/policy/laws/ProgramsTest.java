// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Truth;
import dev.vigil.policy.engine.Frame;
import dev.vigil.policy.engine.Program;
import dev.vigil.policy.engine.Program.Effect;
import dev.vigil.policy.engine.Programs;
import dev.vigil.policy.laws.Pairs.Case;
import dev.vigil.policy.rule.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Compiled conditions come to what conditions say of themselves, however deep they are and however
/// much they share.
class ProgramsTest {

  private static final int CONDITIONS = 100;
  private static final int WORLDS = 40;

  @Test
  void a_program_comes_to_what_its_condition_says() {
    var one = Optional.ofNullable(Long.getLong("vigil.seed"));
    LongStream.rangeClosed(one.orElse(1L), one.orElse(Pairs.full() ? 400L : 6L))
        .parallel()
        .forEach(ProgramsTest::tried);
  }

  private static void tried(long seed) {
    var dice = new Dice(seed);
    var conditions = conditions(seed, dice);
    var programs =
        Programs.of(
            conditions.stream().flatMap(ProgramsTest::programs).toList(),
            IntStream.range(0, 4 * conditions.size())
                .mapToObj(number -> new int[] {number})
                .toList());
    var worlds = new Worlds(seed);
    var frame = programs.frame(worlds.world().request());
    for (int i = 0; i < WORLDS; i++) tried(seed, conditions, frame, worlds.world());
  }

  /// Every truth value shows in what these come to.
  private static Stream<Program> programs(Condition condition) {
    return Stream.of(
        new Program(Effect.ENDS, condition, Truth.FALSE, List.of()),
        new Program(Effect.ENDS, condition, Truth.TRUE, List.of()),
        new Program(Effect.ENDS, new Condition.Not(condition), Truth.FALSE, List.of()),
        new Program(Effect.GRANTS, new Condition.Always(true), Truth.FALSE, List.of(condition)));
  }

  private static List<Boolean> expected(Truth truth) {
    return switch (truth) {
      case TRUE -> List.of(true, true, false, true);
      case FALSE -> List.of(false, false, true, false);
      case UNKNOWN -> List.of(false, true, false, false);
    };
  }

  private static void tried(long seed, List<Condition> conditions, Frame frame, World world) {
    var request = world.request();
    frame.begin(request);
    for (int i = 0; i < conditions.size(); i++) {
      int first = 4 * i;
      var condition = conditions.get(i);
      IntStream.range(first, first + 4).forEach(frame::run);
      var came =
          IntStream.concat(frame.ending().sorted(), frame.granting().sorted()).boxed().toList();
      var result = IntStream.range(first, first + 4).mapToObj(came::contains).toList();
      assertThat(result)
          .as("seed %d, condition %d: %s%n%s", seed, i, condition, world)
          .isEqualTo(expected(condition.truth(new Evaluation(request))));
    }
    frame.settle();
    if (frame.turns().equals(Instant.MAX)) return;
    assertThat(frame.turns()).isAfter(world.at());
    var last = new Evaluation(request.at(frame.turns().minusNanos(1)));
    for (var condition : conditions)
      assertThat(condition.truth(last))
          .as("seed %d, until %s: %s%n%s", seed, frame.turns(), condition, world)
          .isEqualTo(condition.truth(new Evaluation(request)));
  }

  /// Conditions of a policy of many rules, joined at random, and parts of them again.
  private static List<Condition> conditions(long seed, Dice dice) {
    var pool = new ArrayList<Condition>();
    pool.add(new Condition.Always(true));
    pool.add(new Condition.And(List.of()));
    pool.add(new Condition.Or(List.of()));
    for (var rule : policy(seed).set().rules().all()) {
      pool.add(rule.when().condition());
      rule.requirements().stream().map(Requirement::condition).forEach(pool::add);
    }
    return IntStream.range(0, CONDITIONS).mapToObj(i -> tree(5, pool, dice)).toList();
  }

  /// The first of many rules that is not refused.
  private static Case policy(long seed) {
    return LongStream.iterate(24 * seed, next -> next + 24)
        .mapToObj(next -> Case.of(Policies.of(next)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  private static Condition tree(int depth, List<Condition> pool, Dice dice) {
    if (depth == 0 || dice.oneIn(6)) return dice.of(pool);
    var made =
        switch (dice.below(6)) {
          case 0 -> new Condition.And(trees(dice.below(4), depth, pool, dice));
          case 1 -> new Condition.Or(trees(dice.below(4), depth, pool, dice));
          case 2 -> new Condition.Not(tree(depth - 1, pool, dice));
          case 3 -> {
            var parts = trees(3, depth, pool, dice);
            yield new Condition.Choose(parts.get(0), parts.get(1), parts.get(2));
          }
          case 4 -> {
            var parts = trees(2, depth, pool, dice);
            yield new Condition.Same(parts.get(0), parts.get(1));
          }
          default -> new Condition.Named("n", tree(depth - 1, pool, dice));
        };
    if (dice.oneIn(3)) pool.add(made);
    return made;
  }

  private static List<Condition> trees(int count, int depth, List<Condition> pool, Dice dice) {
    int many = depth > 1 || dice.oneIn(20) ? count : 120 * count;
    return IntStream.range(0, depth == 1 && count > 2 && dice.oneIn(9) ? many : count)
        .mapToObj(i -> tree(depth - 1, pool, dice))
        .toList();
  }
}
