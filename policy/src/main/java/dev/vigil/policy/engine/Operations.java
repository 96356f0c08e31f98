// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.policy.condition.Comparison;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Truth;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the generated code calls. Truth values are 0 false, 1 unknown, 2 true.
final class Operations {

  static final int FALSE = 0;
  static final int UNKNOWN = 1;
  static final int TRUE = 2;

  private static final long LATEST = Instant.MAX.getEpochSecond() - 100_000L * 86_400;
  private static final int NANOS = 1_000_000_000;

  private Operations() {}

  static int flag(@Nullable Object value) {
    return value instanceof Boolean flag ? of(flag) : UNKNOWN;
  }

  static int of(Truth truth) {
    return switch (truth) {
      case FALSE -> FALSE;
      case UNKNOWN -> UNKNOWN;
      case TRUE -> TRUE;
    };
  }

  private static int of(boolean truth) {
    return truth ? TRUE : FALSE;
  }

  static int equal(@Nullable Object value, String constant) {
    return value instanceof String text ? of(text.equals(constant)) : UNKNOWN;
  }

  static int compareNumber(@Nullable Object value, Comparison by, long constant) {
    if (!(value instanceof Long number)) return UNKNOWN;
    long left = number;
    return of(
        switch (by) {
          case EQUAL -> left == constant;
          case NOT_EQUAL -> left != constant;
          case LESS -> left < constant;
          case LESS_OR_EQUAL -> left <= constant;
          case GREATER -> left > constant;
          case GREATER_OR_EQUAL -> left >= constant;
        });
  }

  static int compare(@Nullable Object left, Comparison by, @Nullable Object right) {
    return of(by.of(left, right));
  }

  static int in(@Nullable Object value, Set<?> constants) {
    return value == null ? UNKNOWN : of(constants.contains(value));
  }

  static int has(@Nullable Object list, Object constant) {
    if (list instanceof List<?> many) {
      for (int i = 0; i < many.size(); i++) if (constant.equals(many.get(i))) return TRUE;
      return FALSE;
    }
    return list instanceof Collection<?> some ? of(some.contains(constant)) : UNKNOWN;
  }

  static int text(@Nullable Object value, Condition.Text.Part where, String part) {
    if (!(value instanceof String whole)) return UNKNOWN;
    return of(
        switch (where) {
          case AT_START -> whole.startsWith(part);
          case AT_END -> whole.endsWith(part);
          case ANYWHERE -> whole.contains(part);
        });
  }

  static int known(@Nullable Object value) {
    return of(value != null);
  }

  static int tier(@Nullable Evidence evidence, EvidenceTier least) {
    return of(evidence != null && evidence.tier().compareTo(least) >= 0);
  }

  static @Nullable Evidence evidence(Facts facts, int slot) {
    return facts.valueAt(slot) == null ? null : facts.evidenceAt(slot);
  }

  /// As [dev.vigil.policy.condition.Evaluation] says it, without an object.
  static int younger(@Nullable Evidence evidence, long seconds, int nanos, Frame frame) {
    if (evidence == null) return FALSE;
    var observed = evidence.observed();
    if (observed.getEpochSecond() > LATEST) return TRUE;
    long endSecond = observed.getEpochSecond() + seconds;
    int endNano = Frame.nano(observed) + nanos;
    if (endNano >= NANOS) {
      endNano -= NANOS;
      endSecond++;
    }
    if (frame.second > endSecond || (frame.second == endSecond && frame.nano >= endNano))
      return FALSE;
    frame.turnsAt(endSecond, endNano);
    return TRUE;
  }
}
