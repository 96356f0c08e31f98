// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.Sentence;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Supposition;
import dev.vigil.policy.rule.Verdict.Unmet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The one authentication that all unmet requirements together ask for, if they ask for any.
record Asked(Optional<Remedy.Authentication> authentication, Sentence text) {

  private static final Fact APPROVED =
      FactsSchema.standard().find("authentication.transaction_approved").orElseThrow();
  private static final List<String> OF_A_PERSON = List.of("passkey", "passkey-hardware");

  /// Empty if no one authentication could serve them all.
  static Optional<Asked> of(List<Unmet> needed, List<Strength> strengths) {
    var asking =
        needed.stream()
            .map(Unmet::requirement)
            .filter(requirement -> requirement.remedy() instanceof Remedy.Authentication)
            .toList();
    if (asking.isEmpty()) return Optional.of(new Asked(Optional.empty(), Sentence.NONE));
    var text = asking.stream().map(Requirement::text).filter(t -> !t.isEmpty()).findFirst();
    return together(
            asking.stream().map(r -> (Remedy.Authentication) r.remedy()).toList(), strengths)
        .map(one -> new Asked(Optional.of(one), text.orElse(Sentence.NONE)));
  }

  /// A challenge names one strength: the first that implies all that are asked for.
  private static Optional<Remedy.Authentication> together(
      List<Remedy.Authentication> all, List<Strength> strengths) {
    var named = all.stream().flatMap(one -> one.strength().stream()).distinct().toList();
    var common =
        Stream.concat(named.stream(), strengths.stream())
            .filter(strength -> named.stream().allMatch(strength::implies))
            .findFirst();
    if (!named.isEmpty() && common.isEmpty()) return Optional.empty();
    return Optional.of(
        new Remedy.Authentication(
            named.isEmpty() ? Optional.empty() : common,
            all.stream().flatMap(one -> one.maxAge().stream()).min(Duration::compareTo),
            all.stream().anyMatch(Remedy.Authentication::transaction)));
  }

  Optional<Step.Authenticate> step() {
    return authentication.map(a ->
        new Step.Authenticate(
            a.strength().map(Strength::name).orElse(""),
            a.maxAge().map(Duration::toSeconds).orElse(-1L),
            a.transaction(),
            text));
  }

  /// What may be true of the session once the person has authenticated: one for each way that
  /// counts.
  List<Supposition> outcomes(Evaluation on) {
    if (authentication.isEmpty()) return List.of(on.supposed());
    var asked = authentication.get();
    var start = asked.transaction() ? suppose(on.supposed(), APPROVED, true, on) : on.supposed();
    if (asked.strength().isEmpty() && asked.maxAge().isEmpty()) return List.of(start);
    var ways = asked.strength().map(Strength::ways).orElse(OF_A_PERSON);
    return ways.stream().map(way -> authenticated(start, way, asked.strength(), on)).toList();
  }

  private static Supposition authenticated(
      Supposition start, String way, Optional<Strength> strength, Evaluation on) {
    var now = suppose(start, Strength.VALUE, way, on);
    if (strength.isEmpty()) return now;
    for (var flag : strength.get().flags()) now = suppose(now, flag, true, on);
    if (strength.get().methods().isEmpty()) return now;
    var methods = new ArrayList<Object>();
    if (on.value(Strength.METHODS) instanceof List<?> before) methods.addAll(before);
    for (var method : strength.get().methods()) if (!methods.contains(method)) methods.add(method);
    return suppose(now, Strength.METHODS, List.copyOf(methods), on);
  }

  private static Supposition suppose(Supposition before, Fact fact, Object value, Evaluation on) {
    var behind = on.evidence(fact);
    return before.and(fact, value, behind == null ? EvidenceTier.OBSERVED : behind.tier());
  }
}
