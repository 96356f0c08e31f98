// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.engine.Program;
import dev.vigil.policy.engine.Programs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Decides by a fixed set of rules: whether access is granted by compiled programs, and if it is
/// not, what is missing by [Judge].
final class Engine {

  /// How many threads may decide before one has to make a new place to decide in.
  private static final int PLACES = 64;

  private final long version;
  private final RuleIndex index;
  private final Programs programs;
  private final int permits;
  private final int guards;
  private final AtomicReferenceArray<@Nullable Deciding> places =
      new AtomicReferenceArray<>(PLACES);

  Engine(Rules rules, long version) {
    this.version = version;
    this.index = new RuleIndex(rules);
    this.programs = Programs.of(index.rules().stream().map(Engine::program).toList());
    this.permits = rules.permits().size();
    this.guards = rules.guards().size();
  }

  /// The id of the app has been looked at when the rule was found.
  private static Program program(Rule rule) {
    var applies = new ArrayList<>(rule.apps().conditionsBesideId());
    applies.add(rule.when().condition());
    return new Program(
        applies.size() == 1 ? applies.getFirst() : new Condition.And(applies),
        rule.unknown(),
        rule.requirements().stream().map(Requirement::condition).toList());
  }

  int permits() {
    return permits;
  }

  int guards() {
    return guards;
  }

  Decision decide(AccessRequest request) {
    int mine = (int) Thread.currentThread().threadId() & PLACES - 1;
    var place = places.getAndSet(mine, null);
    if (place == null) place = new Deciding(this, index, programs.frame(request));
    var allow = place.allow(request);
    places.set(mine, place);
    return allow == null ? explainedDecision(request) : allow;
  }

  private Decision explainedDecision(AccessRequest request) {
    long[] mentioned = new long[index.mentions().words()];
    var found = index.found(request, mentioned);
    var on = new Evaluation(request);
    var verdict = Judge.judge(index.applicable(found), on);
    for (int rule : found) index.mentions().add(rule, mentioned);
    var dependsOn = index.mentions().facts(mentioned);
    return verdict.with((deciding, reasons) ->
        new Decision.Basis(deciding, reasons, on.turns(), dependsOn, version));
  }

  /// The answer when these permits are satisfied and these guards apply with all they require;
  /// empty if their restrictions leave nothing to do.
  Optional<Decision.Allow> allow(Numbers satisfied, Numbers guarding, long[] mentioned) {
    var applying =
        guarding.sorted().mapToObj(index.rules()::get).map(Rule.Guard.class::cast).toList();
    var beside = Judge.restrictions(applying);
    if (beside.isEmpty()) return Optional.empty();
    List<Rule.Permit> granting =
        satisfied.sorted().mapToObj(index.rules()::get).map(Rule.Permit.class::cast).toList();
    return Judge.leastRestrictive(granting, beside.get())
        .map(grant -> allow(grant, applying, index.mentions().facts(mentioned)));
  }

  private Decision.Allow allow(Judge.Grant grant, List<Rule.Guard> applying, Set<Fact> dependsOn) {
    var deciding = new ArrayList<String>();
    deciding.add(grant.permit().name());
    applying.forEach(guard -> deciding.add(guard.name()));
    Obligations obligations = grant.obligations();
    return new Decision.Allow(
        new Decision.Basis(deciding, List.of(), Instant.MAX, dependsOn, version), obligations);
  }
}
