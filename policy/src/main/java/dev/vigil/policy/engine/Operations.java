// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import dev.vigil.policy.condition.Comparison;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Network;
import dev.vigil.policy.condition.Truth;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the generated code calls. Truth values are 0 false, 1 unknown, 2 true.
@SuppressWarnings("ReferenceEquality") // as said where it is done
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

  /// Whether a value is a constant, where equal ones are always the same object.
  static int is(@Nullable Object value, String constant) {
    return value == null ? UNKNOWN : of(value == constant);
  }

  static int isOneOf(@Nullable Object value, String one, String two) {
    return value == null ? UNKNOWN : of(value == one || value == two);
  }

  static int isOneOf(@Nullable Object value, String one, String two, String three, String four) {
    return value == null
        ? UNKNOWN
        : of(value == one || value == two || value == three || value == four);
  }

  static int oneOf(@Nullable Object value, String one, String two) {
    return value instanceof String text ? of(text.equals(one) || text.equals(two)) : UNKNOWN;
  }

  static int oneOf(@Nullable Object value, String one, String two, String three, String four) {
    return value instanceof String text
        ? of(text.equals(one) || text.equals(two) || text.equals(three) || text.equals(four))
        : UNKNOWN;
  }

  /// The outcomes of an order for which a comparison holds: 1 less, 2 equal, 4 greater, together.
  static int outcomes(Comparison by) {
    return switch (by) {
      case EQUAL -> 2;
      case NOT_EQUAL -> 5;
      case LESS -> 1;
      case LESS_OR_EQUAL -> 3;
      case GREATER -> 4;
      case GREATER_OR_EQUAL -> 6;
    };
  }

  private static int holds(int order, int outcomes) {
    int outcome = order < 0 ? 1 : order == 0 ? 2 : 4;
    return (outcomes & outcome) != 0 ? TRUE : FALSE;
  }

  static int number(@Nullable Object value, int outcomes, long constant) {
    return value instanceof Long number ? holds(Long.compare(number, constant), outcomes) : UNKNOWN;
  }

  /// As [Comparison]: 0 and -0 are equal, and what is not a number is unknown.
  static int decimal(@Nullable Object value, int outcomes, double constant) {
    if (!(value instanceof Double number)) return UNKNOWN;
    double left = number;
    if (Double.isNaN(left)) return UNKNOWN;
    return holds(left < constant ? -1 : left > constant ? 1 : 0, outcomes);
  }

  static int day(@Nullable Object value, int outcomes, LocalDate constant) {
    return value instanceof LocalDate day ? holds(day.compareTo(constant), outcomes) : UNKNOWN;
  }

  static int version(@Nullable Object value, int outcomes, Version constant) {
    return value instanceof Version version
        ? holds(version.compareTo(constant), outcomes)
        : UNKNOWN;
  }

  static int inside(@Nullable Object value, Network[] networks) {
    if (!(value instanceof IpAddress address)) return UNKNOWN;
    for (var network : networks) if (network.contains(address)) return TRUE;
    return FALSE;
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
