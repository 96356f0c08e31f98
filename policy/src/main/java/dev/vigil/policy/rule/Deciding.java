// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.engine.Frame;
import dev.vigil.policy.engine.Numbers;
import dev.vigil.policy.rule.Answers.Given;
import dev.vigil.policy.rule.RuleIndex.Found;
import org.jspecify.annotations.Nullable;

/// A place in which one thread at a time decides. It finds out whether access is granted, forbidden
/// or out of reach, without allocating anything once it has seen a like request; what is missing
/// otherwise is for [Judge].
final class Deciding {

  private static final int ASKER_BITS = 10;

  /// How many subjects, each with an app, have what was found for them kept.
  private static final int ASKERS = 1 << ASKER_BITS;

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final RuleIndex index;
  private final Frame frame;
  private final Answers answers;
  private final Numbers sequences = new Numbers();
  private final long[] mentioned;
  private final @Nullable Found[] found = new @Nullable Found[ASKERS];
  private final @Nullable Given[] latest = new @Nullable Given[ASKERS];
  private int replaced;

  Deciding(Engine engine, RuleIndex index, Frame frame) {
    this.index = index;
    this.frame = frame;
    this.mentioned = new long[index.mentions().words()];
    this.answers = new Answers(engine, frame, mentioned);
  }

  /// The answer; null if it takes more than what rules came to: if something is missing, or the app
  /// is unknown.
  @Nullable Decision decide(AccessRequest request) {
    int asker = asker(request);
    sequences.clear();
    if (!index.collect(request, found(asker), sequences, mentioned)) return null;
    frame.begin(request);
    for (int i = 0; i < sequences.size(); i++) frame.run(sequences.at(i));
    if (!settled()) return null;
    frame.settle();
    return answer(asker);
  }

  /// Where the subject's things are kept for this app: in one of two places.
  private int asker(AccessRequest request) {
    var subject = request.subject();
    long hash =
        31L * (31L * subject.id().hashCode() + request.app().id().hashCode()) + subject.version();
    int place = (int) ((hash * SPREAD) >>> (Long.SIZE - ASKER_BITS)) & ~1;
    if (isFor(place, request)) return place;
    if (isFor(place + 1, request)) return place + 1;
    return place + (replaced++ & 1);
  }

  private boolean isFor(int place, AccessRequest request) {
    var there = found[place];
    return there != null && there.isFor(request);
  }

  private Found found(int asker) {
    var there = found[asker];
    if (there != null) return there;
    var made = new Found(index);
    found[asker] = made;
    return made;
  }

  /// Whether the matter ends here: a forbid applies, or access is granted, or no permit applies.
  private boolean settled() {
    boolean granted = frame.granting().size() > 0;
    if (frame.ending().size() > 0 || !(granted || frame.reached())) {
      frame.granting().clear();
      frame.limiting().clear();
      return true;
    }
    return granted && !frame.blocked();
  }

  private @Nullable Decision answer(int asker) {
    var before = latest[asker];
    if (before != null && answers.stands(before)) return before.decision();
    var given = answers.give();
    latest[asker] = given;
    return given == null ? null : given.decision();
  }
}
