// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Decision;
import dev.vigil.policy.engine.Frame;
import dev.vigil.policy.engine.Numbers;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers that were given before: the same rules with the same outcome make the same answer, which
/// is made once. Nothing is remembered of requests.
final class Answers {

  private static final int MADE = 256;
  private static final int GIVEN = 2048;

  /// How many answers are kept whose ends in time have the same hash.
  private static final int WAYS = 4;

  private final Engine engine;
  private final Frame frame;
  private final long[] mentioned;
  private final @Nullable Made[] made = new @Nullable Made[MADE];
  private final @Nullable Given[] given = new @Nullable Given[GIVEN];
  private int replaced;

  /// @param mentioned what the rules mention that a frame has run, as bits
  Answers(Engine engine, Frame frame, long[] mentioned) {
    this.engine = engine;
    this.frame = frame;
    this.mentioned = mentioned;
  }

  /// An answer as if time played no part, with what it follows from.
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  private record Made(
      int[] granting, int[] limiting, int[] ending, long[] mentioned, int hash, Decision always) {}

  /// The same with an end in time.
  record Given(Made of, Decision decision) {}

  /// Whether an answer given before is the one for what the frame has run now.
  boolean stands(Given before) {
    return frame.turnsEquals(before.decision.basis().validUntil()) && fits(before.of);
  }

  @SuppressWarnings("ReferenceEquality") // an answer is made once
  private boolean is(Given before, Made answer) {
    return before.of == answer && frame.turnsEquals(before.decision.basis().validUntil());
  }

  /// The answer to what the frame has run; null if restrictions leave nothing to do.
  @Nullable Given give() {
    var answer = made();
    if (answer == null) return null;
    int hash = answer.hash + frame.turnsHash();
    int first = (hash ^ hash >>> 16) & GIVEN - WAYS;
    for (int i = first; i < first + WAYS; i++) {
      var before = given[i];
      if (before != null && is(before, answer)) return before;
    }
    var now = new Given(answer, until(answer.always));
    given[first + (replaced++ & WAYS - 1)] = now;
    return now;
  }

  private Decision until(Decision always) {
    return frame.turnsEquals(Instant.MAX) ? always : always.until(frame.turns());
  }

  private @Nullable Made made() {
    int hash = hash();
    var before = made[hash & MADE - 1];
    if (before != null && before.hash == hash && fits(before)) return before;
    var decision =
        frame.granting().size() == 0
            ? Optional.of(engine.deny(frame.ending(), mentioned))
            : engine.allow(frame.granting(), frame.limiting(), mentioned);
    if (decision.isEmpty()) return null;
    var now =
        new Made(
            frame.granting().toArray(),
            frame.limiting().toArray(),
            frame.ending().toArray(),
            mentioned.clone(),
            hash,
            decision.get());
    made[hash & MADE - 1] = now;
    return now;
  }

  private int hash() {
    int hash = hash(frame.ending(), hash(frame.limiting(), hash(frame.granting(), 1)));
    for (long word : mentioned) hash = 31 * hash + Long.hashCode(word);
    return hash ^ hash >>> 16;
  }

  private static int hash(Numbers numbers, int before) {
    int hash = before;
    for (int i = 0; i < numbers.size(); i++) hash = 31 * hash + numbers.at(i);
    return hash;
  }

  private boolean fits(Made answer) {
    return frame.granting().are(answer.granting)
        && frame.limiting().are(answer.limiting)
        && frame.ending().are(answer.ending)
        && Arrays.equals(answer.mentioned, mentioned);
  }
}
