// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Fact;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Mentions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which facts each rule mentions, as bits.
final class FactMentions {

  private final List<Fact> facts = new ArrayList<>();
  private final Map<Fact, Integer> bits = new HashMap<>();
  private final List<Set<Fact>> byRule = new ArrayList<>();
  private final long[][] rows;

  FactMentions(List<Rule> rules) {
    for (var rule : rules) byRule.add(of(rule));
    number(Set.of(AppScope.ID));
    byRule.forEach(this::number);
    rows = new long[rules.size()][];
    for (int i = 0; i < rows.length; i++) rows[i] = bits(byRule.get(i));
  }

  private void number(Set<Fact> mentioned) {
    for (var fact : mentioned) if (bits.putIfAbsent(fact, facts.size()) == null) facts.add(fact);
  }

  /// The facts that one rule mentions.
  static Set<Fact> of(Rule rule) {
    var mentioned = new HashSet<Fact>();
    var conditions = new ArrayList<Condition>(rule.apps().conditions());
    conditions.add(rule.when().condition());
    rule.requirements().forEach(requirement -> conditions.add(requirement.condition()));
    for (var condition : conditions) mentioned.addAll(Mentions.in(condition));
    return mentioned;
  }

  /// Adds the app's id, which is always looked at.
  static void addApp(long[] to) {
    to[0] |= 1;
  }

  /// A bit for each of these.
  long[] bits(Set<Fact> mentioned) {
    long[] all = new long[words()];
    for (var fact : mentioned) {
      Integer bit = bits.get(fact);
      if (bit != null) all[bit >>> 6] |= 1L << bit;
    }
    return all;
  }

  /// A bit for each fact that one of these rules mentions.
  long[] bits(int[] rules) {
    long[] all = new long[words()];
    for (int rule : rules) add(rows[rule], all);
    return all;
  }

  /// How many words hold a bit for every fact.
  int words() {
    return (facts.size() + Long.SIZE - 1) / Long.SIZE;
  }

  /// Adds facts to those in `to`.
  static void add(long[] more, long[] to) {
    for (int i = 0; i < more.length; i++) to[i] |= more[i];
  }

  /// The facts of which there are bits.
  Set<Fact> facts(long[] mentioned) {
    var all = new HashSet<Fact>();
    for (int bit = 0; bit < facts.size(); bit++)
      if ((mentioned[bit >>> 6] & 1L << bit) != 0) all.add(facts.get(bit));
    return all;
  }
}
