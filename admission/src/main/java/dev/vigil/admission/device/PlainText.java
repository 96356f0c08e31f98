// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

/// Text that people type and others will read: no control characters, no invisible or
/// direction-changing ones.
final class PlainText {

  private PlainText() {}

  /// Whether it is 1 to `most` characters (code points) of plain text, not blank.
  static boolean fits(String text, int most) {
    return !text.isBlank()
        && text.length() <= 2 * most
        && text.codePointCount(0, text.length()) <= most
        && text.codePoints().allMatch(PlainText::plain);
  }

  private static boolean plain(int character) {
    return switch (Character.getType(character)) {
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
}
