// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What an enforcement point says about a request: worth `reported` and no more. It says nothing
/// about who a subject is, how the subject authenticated, or any risk; and where Vigil knows a fact
/// itself, what is said here does not count.
public record Given(Map<Fact, Object> facts) {

  /// Nothing was said.
  public static final Given NOTHING = new Given(Map.of());

  private static final String OWN_ID = "sub_";
  private static final Set<String> OURS =
      Set.of(
          "device.id",
          "device.active",
          "subject.population",
          "subject.groups",
          "subject.roles",
          "subject.active",
          "subject.acting_for",
          "app.sensitivity",
          "app.tags");

  /// @throws IllegalArgumentException if one of them may not be said by an enforcement point
  public Given {
    facts = Map.copyOf(facts);
    facts.forEach((fact, value) -> {
      if (!sayable(fact))
        throw new IllegalArgumentException(
            "`" + fact.qualifiedName() + "` is not for an enforcement point to say");
      if (fact.qualifiedName().equals("subject.id") && String.valueOf(value).startsWith(OWN_ID))
        throw new IllegalArgumentException("an id of Vigil's own names a subject, or nobody");
    });
  }

  /// Whether an enforcement point may say this fact.
  public static boolean sayable(Fact fact) {
    return fact.entity() != Entity.AUTHENTICATION
        && fact.entity() != Entity.RISK
        && !OURS.contains(fact.qualifiedName());
  }

  /// The facts that are known, with what is said about the same entity where nothing was known.
  Facts added(Facts known, Instant at) {
    var more = unknownTo(known);
    if (more.isEmpty()) return known;
    var all = Facts.about(known.entity(), known.id(), known.version());
    for (Fact fact : FactsSchema.standard().of(known.entity())) {
      var value = known.value(fact);
      var behind = known.evidence(fact);
      if (value != null && behind != null) all.put(fact.qualifiedName(), value, behind);
    }
    known.attributes().forEach(one -> all.put(one.fact(), one.value(), one.evidence()));
    var reported = new Evidence(EvidenceTier.REPORTED, at);
    more.forEach((fact, value) -> {
      if (fact.isAttribute()) all.put(fact, value, reported);
      else all.put(fact.qualifiedName(), value, reported);
    });
    return all.build();
  }

  /// What is said here about the entity and was not known.
  Map<Fact, Object> unknownTo(Facts known) {
    var unknown = new LinkedHashMap<Fact, Object>();
    facts.forEach((fact, value) -> {
      if (fact.entity() == known.entity() && known.value(fact) == null) unknown.put(fact, value);
    });
    return unknown;
  }
}
