// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What one run measures.
///
/// @param people at each server
/// @param warmUp sign-ins at each server that do not count
/// @param rounds how often each server has its turn
/// @param refreshes of tokens in a round
record Plan(int people, int warmUp, int rounds, int refreshes) {

  /// How many are under way at a time: one, for what a single sign-in takes; more, for what the
  /// machine can do.
  static final int ALONE = 1;

  static final int SOME = 4;
  static final int MANY = 16;

  /// Within four minutes, once the peer is fetched.
  static Plan quick(int people) {
    return new Plan(people, people, 2, 3 * people);
  }

  /// With servers that have run for a while.
  static Plan full(int people) {
    return new Plan(people, 3 * people, 4, 3 * people);
  }

  /// How many sign-ins a round has, by how many are under way.
  SequencedMap<Integer, Integer> signIns() {
    var all = new LinkedHashMap<Integer, Integer>();
    all.put(ALONE, Math.max(1, people / 8));
    all.put(SOME, Math.max(1, people / 4));
    all.put(MANY, Math.max(1, people / 2));
    return all;
  }

  /// For programs.
  Map<String, Object> json() {
    var all = new LinkedHashMap<String, Object>();
    all.put("people", people);
    all.put("warm_up", warmUp);
    all.put("rounds", rounds);
    all.put("signins_in_a_round", signIns());
    all.put("refreshes_in_a_round", refreshes);
    return all;
  }
}
