// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.PlainText;
import dev.vigil.kernel.Outcome;
import java.text.Normalizer;

/// What other people read as somebody's name; any script, one line, at most 120 characters.
public record DisplayName(String value) {

  private static final int MOST = 120;

  /// @throws IllegalArgumentException if the text is not such a name
  public DisplayName {
    if (!PlainText.fits(value, MOST))
      throw new IllegalArgumentException("this is not a display name");
  }

  /// The display name that was typed.
  public static Outcome<DisplayName> of(String typed) {
    if (typed.length() > 4 * MOST) return refused(typed);
    String composed = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
    return PlainText.fits(composed, MOST)
        ? Outcome.done(new DisplayName(composed))
        : refused(typed);
  }

  private static Outcome<DisplayName> refused(String typed) {
    return Outcome.refused(
        AdministrationRefusal.DISPLAY_NAME_FORM, PlainText.shown(typed) + " is not a display name");
  }

  @Override
  public String toString() {
    return value;
  }
}
