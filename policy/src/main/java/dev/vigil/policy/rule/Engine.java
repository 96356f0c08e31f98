// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Truth;
import dev.vigil.policy.engine.Numbers;
import dev.vigil.policy.engine.Program;
import dev.vigil.policy.engine.Programs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides by a fixed set of rules: by compiled programs whether access is granted, forbidden or
/// out of reach, and by [Judge] what is missing otherwise.
final class Engine {

  /// How many threads may decide before one has to make a new place to decide in.
  private static final int PLACES = 64;

  private final long version;
  private final RuleIndex index;
  private final Programs programs;
  private final AtomicReferenceArray<@Nullable Deciding> places =
      new AtomicReferenceArray<>(PLACES);

  Engine(Rules rules, long version) {
    this.version = version;
    this.index = new RuleIndex(rules);
    this.programs =
        Programs.of(index.rules().stream().map(Engine::program).toList(), index.sequences());
  }

  /// The id of the app has been looked at when the rule was found.
  private static Program program(Rule rule) {
    var applies = new ArrayList<>(rule.apps().conditionsBesideId());
    applies.add(rule.when().condition());
    var effect =
        switch (rule) {
          case Rule.Permit _ -> Program.Effect.GRANTS;
          case Rule.Guard _ -> Program.Effect.LIMITS;
          case Rule.Forbid _ -> Program.Effect.ENDS;
        };
    return new Program(
        effect,
        applies.size() == 1 ? applies.getFirst() : new Condition.And(applies),
        Truth.of(rule.unknown() == Rule.Unknown.MATCHES),
        rule.requirements().stream().map(Requirement::condition).toList());
  }

  Decision decide(AccessRequest request) {
    int mine = (int) Thread.currentThread().threadId() & PLACES - 1;
    var place = places.getAndSet(mine, null);
    if (place == null) place = new Deciding(this, index, programs.frame(request));
    var decision = place.decide(request);
    places.setRelease(mine, place);
    return decision == null ? explainedDecision(request) : decision;
  }

  private Decision explainedDecision(AccessRequest request) {
    long[] mentioned = new long[index.mentions().words()];
    var found = index.found(request, mentioned);
    var on = new Evaluation(request);
    var verdict = Judge.judge(index.applicable(found), on);
    var dependsOn = index.mentions().facts(mentioned);
    return verdict.with((deciding, reasons) ->
        new Decision.Basis(deciding, reasons, on.turns(), dependsOn, version));
  }

  /// The answer when these permits are satisfied and these guards apply with all they require;
  /// empty if their restrictions leave nothing to do.
  Optional<Decision> allow(Numbers satisfied, Numbers guarding, long[] mentioned) {
    var applying = rules(guarding).map(Rule.Guard.class::cast).toList();
    var beside = Judge.restrictions(applying);
    if (beside.isEmpty()) return Optional.empty();
    List<Rule.Permit> granting = rules(satisfied).map(Rule.Permit.class::cast).toList();
    return Judge.leastRestrictive(granting, beside.get())
        .map(grant -> always(grant.beside(applying.stream().map(Rule::name).toList()), mentioned));
  }

  /// The answer when these forbids apply; if there are none, when no permit does.
  Decision deny(Numbers forbidding, long[] mentioned) {
    var names = rules(forbidding).map(Rule::name).toList();
    return always(new Verdict.Refused(names, List.of()), mentioned);
  }

  /// The verdict as an answer for ever.
  private Decision always(Verdict verdict, long[] mentioned) {
    var dependsOn = index.mentions().facts(mentioned);
    return verdict.with((deciding, reasons) ->
        new Decision.Basis(deciding, reasons, Instant.MAX, dependsOn, version));
  }

  private Stream<Rule> rules(Numbers numbers) {
    return numbers.sorted().mapToObj(index.rules()::get);
  }
}
