// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.PlainText;
import dev.vigil.kernel.Outcome;

/// Why an administrator changes something: a sentence for whoever reads the events later.
public record Reason(String text) {

  private static final int MOST = 256;

  /// @throws IllegalArgumentException if the text is not one that [#of] accepts
  public Reason {
    if (!PlainText.fits(text, MOST))
      throw new IllegalArgumentException("this is not the text of a reason");
  }

  /// The reason in this text: 1 to 256 characters on one line.
  public static Outcome<Reason> of(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) return Outcome.refused(AdministrationRefusal.REASON_REQUIRED);
    if (!PlainText.fits(stripped, MOST)) return Outcome.refused(AdministrationRefusal.REASON_FORM);
    return Outcome.done(new Reason(stripped));
  }

  @Override
  public String toString() {
    return text;
  }
}
