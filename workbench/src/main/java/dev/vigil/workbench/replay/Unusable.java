// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.replay;

/// Ends the reading of a line that cannot be decided again.
final class Unusable extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 200;

  private final String why;

  Unusable(String why) {
    super(why, null, false, false);
    this.why = why.length() <= LONGEST ? why : why.substring(0, LONGEST) + "...";
  }

  String why() {
    return why;
  }
}
