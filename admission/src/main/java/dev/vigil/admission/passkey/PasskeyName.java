// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.passkey;

import dev.vigil.admission.PlainText;
import dev.vigil.kernel.Outcome;
import java.text.Normalizer;

/// What a person calls one of their passkeys; any script, one line, at most 80 characters.
public record PasskeyName(String value) {

  private static final int MOST = 80;

  /// @throws IllegalArgumentException if the text is not such a name
  public PasskeyName {
    if (!PlainText.fits(value, MOST))
      throw new IllegalArgumentException("this is not a passkey's name");
  }

  /// The name that was typed.
  public static Outcome<PasskeyName> of(String typed) {
    if (typed.length() > 4 * MOST) return Outcome.refused(PasskeysRefusal.NAME_FORM);
    String composed = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
    return PlainText.fits(composed, MOST)
        ? Outcome.done(new PasskeyName(composed))
        : Outcome.refused(PasskeysRefusal.NAME_FORM);
  }

  @Override
  public String toString() {
    return value;
  }
}
