// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.condition.Comparison;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A named authentication strength: which authentications count, and what else must be known of
/// them.
///
/// @param name as the RFC 9470 challenge names it
/// @param ways the values of `authentication.strength` that count, never empty
/// @param methods RFC 8176 methods that must all have been used
/// @param flags facts about the authentication that must be true
public record Strength(String name, List<String> ways, Set<String> methods, Set<Fact> flags) {

  static final Fact VALUE = fact("authentication.strength");
  static final Fact METHODS = fact("authentication.methods");

  public Strength {
    ways = List.copyOf(ways);
    methods = Set.copyOf(methods);
    flags = Set.copyOf(flags);
  }

  private static Fact fact(String name) {
    return FactsSchema.standard().find(name).orElseThrow();
  }

  /// Whether the session has this strength.
  public Condition condition() {
    var parts = new ArrayList<Condition>();
    parts.add(new Condition.Member(new Term.Read(VALUE), new Term.Literal(Set.copyOf(ways))));
    methods.stream()
        .sorted()
        .forEach(method ->
            parts.add(new Condition.Member(new Term.Literal(method), new Term.Read(METHODS))));
    FactsSchema.standard().all().stream()
        .filter(flags::contains)
        .forEach(flag -> parts.add(new Condition.Flag(flag)));
    return new Condition.Named(name, new Condition.And(parts));
  }

  /// Whether every authentication that counts here counts there.
  boolean implies(Strength other) {
    return other.ways.containsAll(ways)
        && methods.containsAll(other.methods)
        && flags.containsAll(other.flags);
  }

  /// Whether the person authenticated less than this long ago, in whatever way.
  public static Condition within(Duration age) {
    var authenticated =
        new Condition.Compare(new Term.Read(VALUE), Comparison.NOT_EQUAL, new Term.Literal("none"));
    return new Condition.And(List.of(authenticated, new Condition.Younger(VALUE, age)));
  }
}
