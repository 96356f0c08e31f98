// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

/// Texts before the solver: numbers where only sameness matters, sequences of code points where
/// they are looked into.
final class Texts {

  /// The last code point that the solver's characters reach.
  private static final int LAST = 0x2ffff;

  private Texts() {}

  /// @throws Outside.Reached if it has characters that the solver has not
  static String constant(String text, boolean inCharacters, Vocabulary vocabulary) {
    if (!inCharacters) return Smt.number(vocabulary.code(text));
    if (text.codePoints().anyMatch(c -> c > LAST || (c >= 0xd800 && c <= 0xdfff)))
      throw new Outside.Reached("a text with characters beyond U+2FFFF");
    return Smt.text(text);
  }

  static String printable(String value) {
    return Smt.call("str.in_re", value, "(re.* (re.range \"!\" \"~\"))");
  }
}
