// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.regex.Pattern;

/// Text of others, made fit to be shown: one line of printable characters, not too long.
public final class Plain {

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}]");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private Plain() {}

  /// The text in one line, at most so many characters of it.
  public static String line(String text, int most) {
    int cut = text.offsetByCodePoints(0, Math.min(most, text.codePointCount(0, text.length())));
    var start = text.substring(0, cut);
    var line = UNPRINTABLE.matcher(BLANKS.matcher(start).replaceAll(" ")).replaceAll("?").strip();
    return cut < text.length() ? line + "..." : line;
  }

  /// Whether it can stand in a policy as it is.
  public static boolean is(String text) {
    return !UNPRINTABLE.matcher(text).find();
  }
}
