// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Obligations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// One limit over all rules: durations become their rank, 0 for the shortest, one past the longest
/// for none at all, so that the stricter of two is the smaller number.
final class LimitInSmt {

  private final Limit limit;
  private final List<Duration> durations;

  LimitInSmt(Limit limit, List<RulesInSmt.Said> rules) {
    this.limit = limit;
    var found = new TreeSet<Duration>();
    for (var said : rules) limit.of(said.rule().restrictions()).ifPresent(found::add);
    durations = List.copyOf(found);
  }

  String title() {
    return limit.title();
  }

  /// How many ranks there are.
  int ranks() {
    return durations.size() + 1;
  }

  int rank(Obligations of) {
    return limit.of(of).map(durations::indexOf).orElse(durations.size());
  }

  /// The smallest rank among the guards that apply.
  String ofGuards(List<RulesInSmt.Said> guards) {
    var smallest = Smt.number(durations.size());
    for (int rank = durations.size() - 1; rank >= 0; rank--) {
      var ranked = Optional.of(durations.get(rank));
      var applying =
          guards.stream()
              .filter(said -> limit.of(said.rule().restrictions()).equals(ranked))
              .map(RulesInSmt.Said::applies)
              .toList();
      smallest = Smt.choose(Smt.or(applying), Smt.number(rank), smallest);
    }
    return smallest;
  }

  /// The duration of a rank, in nanoseconds; -1 for none.
  String duration(String rank) {
    var duration = Smt.number(-1);
    for (int i = 0; i < durations.size(); i++)
      duration =
          Smt.choose(
              Smt.equal(rank, Smt.number(i)),
              Smt.number(Carrier.DURATION.of(durations.get(i))),
              duration);
    return duration;
  }
}
