// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Facts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What an enforcement point says about a request, by qualified name: worth `reported` and no more.
/// It says nothing about who the subject is, how the subject authenticated, or any risk; and where
/// Vigil knows a fact itself, what is said here does not count.
public record Given(Map<String, Object> facts) {

  /// Nothing was said.
  public static final Given NOTHING = new Given(Map.of());

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
    for (String name : facts.keySet())
      if (!sayable(name))
        throw new IllegalArgumentException("`" + name + "` is not for an enforcement point to say");
    if (String.valueOf(facts.get("subject.id")).startsWith("sub_"))
      throw new IllegalArgumentException("an id of Vigil's own names a subject, or nobody");
  }

  /// Whether an enforcement point may say this fact.
  public static boolean sayable(Fact fact) {
    return sayable(fact.qualifiedName());
  }

  private static boolean sayable(String name) {
    return !OURS.contains(name)
        && !isAbout(Entity.AUTHENTICATION, name)
        && !isAbout(Entity.RISK, name);
  }

  private static boolean isAbout(Entity entity, String name) {
    return name.startsWith(entity.prefix() + ".");
  }

  /// The facts that are known, with what is said about the same entity where nothing was known.
  Facts added(Facts known, Instant at) {
    var behind = new Evidence(EvidenceTier.REPORTED, at);
    var result = known;
    for (var one : unknownTo(known).entrySet())
      result = result.with(one.getKey(), one.getValue(), behind);
    return result;
  }

  /// What is said here about the entity and was not known.
  Map<String, Object> unknownTo(Facts known) {
    var unknown = new LinkedHashMap<String, Object>();
    facts.forEach((name, value) -> {
      if (isAbout(known.entity(), name) && known.find(name).isEmpty()) unknown.put(name, value);
    });
    return unknown;
  }
}
