// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.document;

import dev.vigil.policy.language.Place;

/// What a document may have at most, counted while it is read, so that nothing is built that would
/// be refused.
final class Bounds {

  static final int MOST_CHARACTERS = 512 * 1024;
  static final int MOST_PARTS = 50_000;
  static final int DEEPEST = 16;
  static final int LONGEST_VALUE = 16 * 1024;

  private final Report report;
  private int parts;

  Bounds(Report report) {
    this.report = report;
  }

  /// Counts a part at this depth.
  ///
  /// @throws Unreadable if that is too many or too deep
  void part(Place place, int depth) {
    if (++parts > MOST_PARTS)
      stop(place, "there are more than " + MOST_PARTS + " parts", "split it into several files");
    if (depth > DEEPEST)
      stop(
          place,
          "this is nested more than " + DEEPEST + " deep",
          "check the indentation and brackets");
  }

  /// @throws Unreadable if the text is too long
  void value(Place place, String text) {
    if (text.length() > LONGEST_VALUE)
      stop(
          place,
          "a value has " + text.length() + " characters",
          "keep it under " + LONGEST_VALUE + " characters");
  }

  private void stop(Place place, String what, String next) {
    report.problem(place, what, "that is more than anyone needs here", next);
    throw new Unreadable();
  }
}
