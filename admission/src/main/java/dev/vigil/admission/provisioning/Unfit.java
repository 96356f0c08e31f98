// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.identity.scim.ScimRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.util.function.Supplier;

/// Unwinds the reading of a request, or a change under way, to its use case, which answers with the
/// refusal inside; nothing of the change is kept.
final class Unfit extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;
  private final String detail;

  Unfit(Refusal refusal, String detail) {
    super(refusal.code(), null, false, false);
    this.refusal = refusal;
    this.detail = detail;
  }

  /// The answer, or the refusal that ended it.
  static <T> Outcome<T> caught(Supplier<Outcome<T>> answer) {
    try {
      return answer.get();
    } catch (Unfit unfit) {
      return Outcome.refused(unfit.refusal, unfit.detail);
    }
  }

  /// The value of an outcome, or the end.
  static <T> T unless(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(Refusal refusal, String detail) -> throw new Unfit(refusal, detail);
    };
  }

  /// The value of an outcome; any refusal of another part of the house is a value that does not
  /// fit.
  static <T> T unlessValue(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(Refusal refusal, String detail) ->
          throw new Unfit(
              ScimRefusal.VALUE,
              detail.isEmpty() ? refusal.says() : detail + "; " + refusal.says());
    };
  }
}
