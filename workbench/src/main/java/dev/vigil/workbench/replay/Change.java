// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.replay;

import dev.vigil.workbench.Answer;
import java.util.Locale;

/// What a change of policies does to somebody's access. Three standings are told apart: in (allow
/// or restricted), asked (step-up: in after authenticating), and out (remediate or deny).
public enum Change {
  /// The same answer.
  SAME,
  /// Was in or asked, would be out.
  NEWLY_DENIED,
  /// Was asked or out, would be in.
  NEWLY_ALLOWED,
  /// Was in, would be asked.
  NEWLY_ASKED,
  /// Was out, would be asked: an authentication would do now.
  NOW_ASKED,
  /// Another answer of the same standing: restricted instead of allow, remediate instead of deny.
  OTHER;

  /// The word, such as `newly-denied`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The change from one answer to another.
  static Change of(Answer before, Answer after) {
    if (before == after) return SAME;
    var from = Standing.of(before);
    var to = Standing.of(after);
    if (from == to) return OTHER;
    return switch (to) {
      case IN -> NEWLY_ALLOWED;
      case OUT -> NEWLY_DENIED;
      case ASKED -> from == Standing.IN ? NEWLY_ASKED : NOW_ASKED;
    };
  }

  private enum Standing {
    IN,
    ASKED,
    OUT;

    static Standing of(Answer answer) {
      return switch (answer) {
        case ALLOW, RESTRICTED -> IN;
        case STEP_UP -> ASKED;
        case REMEDIATE, DENY -> OUT;
      };
    }
  }
}
