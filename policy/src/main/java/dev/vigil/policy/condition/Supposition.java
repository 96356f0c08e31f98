// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Fact;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Facts that are supposed in place of a request's own, to see what would be decided: each is
/// observed now.
public final class Supposition {

  /// Nothing supposed.
  public static final Supposition NONE = new Supposition(Map.of());

  private final Map<Fact, Supposed> facts;

  private Supposition(Map<Fact, Supposed> facts) {
    this.facts = facts;
  }

  /// One supposed fact.
  public record Supposed(Object value, EvidenceTier tier) {}

  /// This supposition and one more.
  public Supposition and(Fact fact, Object value, EvidenceTier tier) {
    var more = new HashMap<>(facts);
    more.put(fact, new Supposed(value, tier));
    return new Supposition(more);
  }

  @Nullable Supposed about(Fact fact) {
    return facts.isEmpty() ? null : facts.get(fact);
  }

  /// What is supposed, by fact.
  public Map<Fact, Supposed> facts() {
    return Map.copyOf(facts);
  }
}
