// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.google;

import dev.vigil.workbench.imports.ExportedDocument;
import dev.vigil.workbench.imports.Part;
import java.util.ArrayList;
import java.util.List;

/// Finds the access levels in an export, in whichever of the usual forms it is.
final class AccessLevels {

  private static final int DEEPEST = 3;

  private final List<Level> levels = new ArrayList<>();
  private final List<ExportedDocument> others = new ArrayList<>();

  /// One access level.
  ///
  /// @param name as other levels name it
  /// @param body where `basic`, `custom` or `conditions` stand
  record Level(String file, String name, String title, Part body) {}

  private AccessLevels() {}

  static AccessLevels of(List<ExportedDocument> documents) {
    var found = new AccessLevels();
    for (var document : documents) {
      int before = found.levels.size();
      found.sort(document.file(), document.root(), stem(document.file()), 0);
      if (found.levels.size() == before) found.others.add(document);
    }
    return found;
  }

  private void sort(String file, Part part, String name, int depth) {
    if (depth > DEEPEST) return;
    if (part.isList()) {
      for (var one : part.items()) sort(file, one, name, depth + 1);
    } else if (part.at("kind").longTextOrNone().equals("AccessContextManagerAccessLevel")) {
      level(file, last(part.at("metadata").at("name").text()), part.at("spec"));
    } else if (isLevel(part)) {
      var own = last(part.at("name").text());
      level(file, own.isEmpty() ? name : own, part);
    } else if (part.has("accessLevels")) {
      sort(file, part.at("accessLevels"), name, depth + 1);
    } else if (part.isObject()
        && part.entries().values().stream().allMatch(AccessLevels::isLevel)) {
      part.entries().forEach((key, one) -> level(file, key, one));
    }
  }

  private static boolean isLevel(Part part) {
    return part.isObject()
        && (part.names("basic")
            || part.names("custom")
            || (part.names("conditions") && part.at("conditions").isList()));
  }

  private void level(String file, String name, Part body) {
    levels.add(new Level(file, name, body.at("title").longTextOrNone(), body));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static String stem(String file) {
    return last(file).replaceFirst("\\.[A-Za-z]+$", "");
  }

  List<Level> levels() {
    return levels;
  }

  List<ExportedDocument> others() {
    return others;
  }
}
