// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Terms of SMT-LIB 2 as text, with the constants folded that would only make it longer.
final class Smt {

  static final String TRUE = "true";
  static final String FALSE = "false";

  private Smt() {}

  static String and(List<String> parts) {
    return joined("and", parts, TRUE, FALSE);
  }

  static String and(String... parts) {
    return and(List.of(parts));
  }

  static String or(List<String> parts) {
    return joined("or", parts, FALSE, TRUE);
  }

  static String or(String... parts) {
    return or(List.of(parts));
  }

  private static String joined(
      String operator, List<String> parts, String neutral, String certain) {
    var kept = new ArrayList<String>(parts.size());
    for (var part : parts) {
      if (part.equals(certain)) return certain;
      if (!part.equals(neutral)) kept.add(part);
    }
    return switch (kept.size()) {
      case 0 -> neutral;
      case 1 -> kept.getFirst();
      default -> "(" + operator + " " + String.join(" ", kept) + ")";
    };
  }

  static String not(String term) {
    if (term.equals(TRUE)) return FALSE;
    if (term.equals(FALSE)) return TRUE;
    return call("not", term);
  }

  static String implies(String premise, String conclusion) {
    return or(not(premise), conclusion);
  }

  static String equal(String one, String two) {
    return one.equals(two) ? TRUE : call("=", one, two);
  }

  static String choose(String when, String then, String otherwise) {
    if (when.equals(TRUE)) return then;
    if (when.equals(FALSE) || then.equals(otherwise)) return otherwise;
    return call("ite", when, then, otherwise);
  }

  static String call(String function, String... arguments) {
    return "(" + function + " " + String.join(" ", arguments) + ")";
  }

  static String sum(List<String> parts) {
    return switch (parts.size()) {
      case 0 -> "0";
      case 1 -> parts.getFirst();
      default -> "(+ " + String.join(" ", parts) + ")";
    };
  }

  static String number(long number) {
    return number(BigInteger.valueOf(number));
  }

  static String number(BigInteger number) {
    return number.signum() < 0 ? "(- " + number.negate() + ")" : number.toString();
  }

  static String between(String term, BigInteger least, BigInteger most) {
    return "(<= " + number(least) + " " + term + " " + number(most) + ")";
  }

  /// A string literal (SMT-LIB theory of Unicode strings), one character for each code point.
  static String text(String text) {
    var literal = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          if (c < ' ' || c > '~' || c == '"' || c == '\\')
            literal.append("\\u{").append(Integer.toHexString(c)).append('}');
          else literal.appendCodePoint(c);
        });
    return literal.append('"').toString();
  }

  /// A symbol of any characters but those that end it.
  static String symbol(String name) {
    return "|" + name.replace('|', '!').replace('\\', '!') + "|";
  }
}
