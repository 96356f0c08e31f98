// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.engine.Frame;
import dev.vigil.policy.engine.Program;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A place in which one thread at a time decides. It finds out whether access is granted, without
/// allocating anything once it has seen a like request; why it is not granted is for [Judge].
final class Deciding {

  private static final int ANSWERS = 256;

  private final Engine engine;
  private final RuleIndex index;
  private final Frame frame;
  private final Numbers candidates;
  private final Numbers satisfied;
  private final Numbers guarding;
  private final long[] mentioned;
  private final @Nullable Answer[] answers = new @Nullable Answer[ANSWERS];

  Deciding(Engine engine, RuleIndex index, Frame frame) {
    this.engine = engine;
    this.index = index;
    this.frame = frame;
    int rules = index.rules().size();
    this.candidates = new Numbers(rules);
    this.satisfied = new Numbers(rules);
    this.guarding = new Numbers(rules);
    this.mentioned = new long[index.mentions().words()];
  }

  /// An answer given before, with what it followed from.
  private static final class Answer {
    final int[] satisfied;
    final int[] guarding;
    final long[] mentioned;
    final Decision.Allow always;
    Decision.Allow latest;

    Answer(int[] satisfied, int[] guarding, long[] mentioned, Decision.Allow always) {
      this.satisfied = satisfied;
      this.guarding = guarding;
      this.mentioned = mentioned;
      this.always = always;
      this.latest = always;
    }
  }

  /// The answer if it is an allow; null if it is another, or the app is unknown.
  Decision.@Nullable Allow allow(AccessRequest request) {
    candidates.clear();
    Arrays.fill(mentioned, 0);
    if (!index.collect(request, candidates, mentioned)) return null;
    frame.begin(request);
    if (!grants()) return null;
    satisfied.sort();
    guarding.sort();
    frame.settle();
    var answer = answer();
    return answer == null ? null : until(answer);
  }

  /// Runs every rule that may apply, until one stands in the way.
  private boolean grants() {
    satisfied.clear();
    guarding.clear();
    for (int i = 0; i < candidates.size(); i++) {
      int number = candidates.at(i);
      int result = frame.run(number);
      index.mentions().add(number, mentioned);
      if (result == Program.DOES_NOT_APPLY) continue;
      if (number < engine.permits()) {
        if (result == Program.MET) satisfied.add(number);
      } else if (number < engine.permits() + engine.guards()) {
        if (result == Program.UNMET) return false;
        guarding.add(number);
      } else {
        return false;
      }
    }
    return satisfied.size() > 0;
  }

  private @Nullable Answer answer() {
    int place = place();
    var before = answers[place];
    if (before != null && fits(before)) return before;
    var allow = engine.allow(satisfied, guarding, mentioned);
    if (allow.isEmpty()) return null;
    var made =
        new Answer(
            satisfied.sorted().toArray(),
            guarding.sorted().toArray(),
            mentioned.clone(),
            allow.get());
    answers[place] = made;
    return made;
  }

  private int place() {
    int hash = 1;
    for (int i = 0; i < satisfied.size(); i++) hash = 31 * hash + satisfied.at(i);
    for (int i = 0; i < guarding.size(); i++) hash = 31 * hash + guarding.at(i);
    for (long word : mentioned) hash = 31 * hash + Long.hashCode(word);
    return (hash ^ hash >>> 16) & ANSWERS - 1;
  }

  private boolean fits(Answer answer) {
    return same(answer.satisfied, satisfied)
        && same(answer.guarding, guarding)
        && Arrays.equals(answer.mentioned, mentioned);
  }

  private static boolean same(int[] before, Numbers now) {
    if (before.length != now.size()) return false;
    for (int i = 0; i < before.length; i++) if (before[i] != now.at(i)) return false;
    return true;
  }

  /// The same answer with its end in time; the latest is kept, as a phone asks many times over.
  private Decision.Allow until(Answer answer) {
    if (frame.turnsEquals(Instant.MAX)) return answer.always;
    if (frame.turnsEquals(answer.latest.basis().validUntil())) return answer.latest;
    answer.latest =
        new Decision.Allow(answer.always.basis().until(frame.turns()), answer.always.obligations());
    return answer.latest;
  }
}
