// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import java.util.ArrayList;
import java.util.List;

/// Takes `allow(condition) when condition` apart; either condition may be missing.
final class Claims {

  private static final String WHEN = "when";

  private Claims() {}

  /// The outcome's word and the conditions; nothing if it has another form.
  static List<String> parts(String written) {
    var text = written.strip();
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) end++;
    var parts = new ArrayList<String>();
    parts.add(text.substring(0, end));
    var rest = text.substring(end).strip();
    if (rest.startsWith("(")) {
      int close = close(rest);
      if (close < 0) return List.of();
      parts.add(rest.substring(1, close));
      rest = rest.substring(close + 1).strip();
    }
    if (rest.startsWith(WHEN)) {
      parts.add(rest.substring(WHEN.length()).strip());
      rest = "";
    }
    return rest.isEmpty() ? parts : List.of();
  }

  /// Where the parenthesis closes that a text begins with; -1 if nowhere. What stands in quotes
  /// does not count.
  private static int close(String text) {
    int open = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') i++;
        else if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') quote = c;
      else if (c == '(') open++;
      else if (c == ')' && --open == 0) return i;
    }
    return -1;
  }
}
