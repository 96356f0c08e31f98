// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.kernel.Outcome;
import java.util.function.Function;

/// An answer whose effects are kept even if it is a refusal: a spent challenge stays spent, a
/// reused code still ends its session.
public record Settled<T>(Outcome<T> outcome) {

  /// Commits and answers.
  public static <T> Outcome<T> commit(
      Changes changes, Actor actor, Function<Work, Outcome<T>> body) {
    return changes.commit(actor, work -> new Settled<>(body.apply(work))).outcome();
  }
}
