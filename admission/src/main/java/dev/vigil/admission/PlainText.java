// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import java.text.Normalizer;
import java.util.Locale;

/// Text that people read, on one line, with nothing in it that hides, breaks the line or turns it
/// around.
public final class PlainText {

  private static final int SHOWN = 60;

  private PlainText() {}

  /// Whether the text has 1 to `most` characters, none of them invisible.
  public static boolean fits(String text, int most) {
    return !text.isBlank()
        && text.length() <= 2 * most
        && text.codePointCount(0, text.length()) <= most
        && text.codePoints().allMatch(PlainText::visible);
  }

  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /// The one spelling of a name: compatibility forms and case folded away, so that no two names
  /// differ only in them.
  public static String folded(String text) {
    String compatible = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
    return Normalizer.normalize(compatible.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
  }

  /// What was typed, as a refusal may show it: short, and with nothing invisible.
  public static String shown(String typed) {
    var text = new StringBuilder("`");
    typed
        .codePoints()
        .limit(SHOWN)
        .forEach(c -> text.appendCodePoint(visible(c) && c != '`' ? c : '?'));
    if (typed.codePointCount(0, typed.length()) > SHOWN) text.append("...");
    return text.append('`').toString();
  }
}
