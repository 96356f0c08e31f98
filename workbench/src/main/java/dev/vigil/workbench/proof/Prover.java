// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.kernel.TimeSource;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Truth;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.policy.rule.Rule;
import dev.vigil.workbench.proof.Inquiry.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Proves properties of a policy for every request there could be, or finds a request that breaks
/// them.
public final class Prover {

  private final Solver solver;
  private final TimeSource time;
  private final CompiledPolicySet set;

  public Prover(Solver solver, TimeSource time, CompiledPolicySet set) {
    this.solver = solver;
    this.time = time;
    this.set = set;
  }

  /// What came of one property.
  ///
  /// @param took without what all properties have in common
  public record Result(Property property, Proof proof, Duration took) {}

  /// Proves them one after the other.
  public List<Result> prove(List<Property> properties) {
    try {
      return prove(new Case(properties));
    } catch (Outside.Reached together) {
      return properties.size() == 1
          ? List.of(notProved(properties.getFirst(), together))
          : properties.stream().flatMap(one -> prove(List.of(one)).stream()).toList();
    }
  }

  private static Result notProved(Property property, Outside.Reached reached) {
    var why = new Outside(property.name(), String.valueOf(reached.getMessage()));
    return new Result(property, new Proof.NotProved(List.of(why.toString())), Duration.ZERO);
  }

  /// What properties have in common.
  private final class Case {

    private final List<Property> properties;
    private final Premises premises;
    private final Map<Property, Asked> asked = new LinkedHashMap<>();
    private final Map<Property, Proof> unasked = new LinkedHashMap<>();
    private final Map<String, String> exceptions = new LinkedHashMap<>();
    private final Optional<Grant> grant;
    private final Optional<Grant> switched;

    private Case(List<Property> properties) {
      this.properties = properties;
      premises =
          Premises.of(List.of(set.rules()), properties.stream().map(Property::condition).toList());
      grant = premises.judge(0);
      premises.rules(0).values().stream()
          .filter(said -> isException(said.rule()))
          .forEach(said ->
              exceptions.put(said.rule().name(), premises.declareSwitch(said.rule().name())));
      switched =
          exceptions.isEmpty()
              ? Optional.empty()
              : premises.judge(0, "switched ", rule -> exceptions.getOrDefault(rule, Smt.TRUE));
      properties.forEach(this::say);
    }

    private void say(Property property) {
      if (grant.isEmpty()) {
        unasked.put(
            property,
            new Proof.NotProved(premises.outside().stream().map(Outside::toString).toList()));
        return;
      }
      try {
        var when = premises.condition(property.condition()).isTrue();
        asked.put(
            property,
            new Asked(
                when,
                Smt.and(when, property.brokenBy(grant.get())),
                switched.map(g -> Smt.and(when, property.brokenBy(g)))));
      } catch (Outside.Reached e) {
        unasked.put(property, notProved(property, e).proof());
      }
    }
  }

  /// A property as terms.
  ///
  /// @param broken of a request that breaks it
  /// @param switched the same, where exceptions can be switched off
  private record Asked(String when, String broken, Optional<String> switched) {}

  private static boolean isException(Rule rule) {
    return !(rule instanceof Rule.Permit) && rule.unknown() == Rule.Unknown.SKIPS;
  }

  private List<Result> prove(Case together) {
    var inquiry = new Inquiry(solver, together.premises, time.now());
    var results = new ArrayList<Result>();
    for (var property : together.properties) {
      long start = time.nanos();
      var proof = prove(property, together, inquiry);
      results.add(new Result(property, proof, Duration.ofNanos(time.nanos() - start)));
    }
    return results;
  }

  private Proof prove(Property property, Case together, Inquiry inquiry) {
    var asked = together.asked.get(property);
    if (asked == null)
      return together.unasked.getOrDefault(property, new Proof.NotProved(List.of()));
    return switch (inquiry.find(asked.broken)) {
      case Finding.None ignored ->
          new Proof.Proved(
              restsOn(asked, together, inquiry), inquiry.any(asked.when) instanceof Finding.None);
      case Finding.Some(Words.Model model) -> refute(property, together, model);
      case Finding.Unanswered(String why) -> new Proof.NotProved(List.of(why));
    };
  }

  private List<String> restsOn(Asked asked, Case together, Inquiry inquiry) {
    if (asked.switched.isEmpty()) return List.of();
    return together.exceptions.keySet().stream()
        .filter(rule -> {
          var switches =
              together.exceptions.entrySet().stream()
                  .map(one -> one.getKey().equals(rule) ? Smt.not(one.getValue()) : one.getValue())
                  .toList();
          var without = Smt.and(asked.switched.get(), Smt.and(switches));
          return !(inquiry.any(without) instanceof Finding.None);
        })
        .toList();
  }

  private Proof refute(Property property, Case together, Words.Model model) {
    try {
      var found = RequestFromModel.of(together.premises.vocabulary(), model);
      return switch (new Witness(request -> breaks(property, request)).check(found)) {
        case Witness.Checked.Confirmed(AccessRequest request) ->
            new Proof.Refuted(request, set.decide(request));
        case Witness.Checked.Denied(AccessRequest request) -> {
          var exact = together.premises.isExactAt(request.at());
          yield exact
              ? new Proof.Disagreement(request, set.decide(request))
              : new Proof.NotProved(
                  List.of("it may not hold when clocks are changed, at " + request.at()));
        }
      };
    } catch (Outside.Reached e) {
      return new Proof.NotProved(
          List.of("there may be a counterexample, but it cannot be shown: " + e.getMessage()));
    }
  }

  private boolean breaks(Property property, AccessRequest request) {
    var on = new Evaluation(request);
    return property.condition().truth(on) == Truth.TRUE && property.brokenBy(set.decide(request));
  }
}
