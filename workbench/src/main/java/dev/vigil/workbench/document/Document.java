// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.document;

import dev.vigil.policy.language.Place;
import dev.vigil.policy.language.PolicySource;
import java.util.Optional;

/// One file as a tree. A text that begins with `{` or `[` is JSON, everything else YAML.
public final class Document {

  private Document() {}

  /// The tree; empty if there is nothing in the source or it cannot be read, which is then in the
  /// report.
  public static Optional<Node> read(PolicySource source, Report report) {
    if (source.text().length() > Bounds.MOST_CHARACTERS) {
      report.problem(
          new Place(source.name(), 1, 1),
          "there are " + source.text().length() + " characters",
          "the most is " + Bounds.MOST_CHARACTERS,
          "split it into several files");
      return Optional.empty();
    }
    try {
      return isJson(source.text())
          ? Optional.of(new JsonDocument(source.name(), report).read(source.text()))
          : new YamlDocument(source.name(), report).read(source.text());
    } catch (Unreadable reported) {
      return Optional.empty();
    }
  }

  /// The tree of a source that must hold something.
  public static Optional<Node> readSomething(PolicySource source, Report report) {
    var tree = read(source, report);
    if (tree.isEmpty() && report.clean())
      report.problem(
          new Place(source.name(), 1, 1),
          "there is nothing here",
          "it is empty",
          "write something");
    return tree;
  }

  private static boolean isJson(String text) {
    var start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }
}
