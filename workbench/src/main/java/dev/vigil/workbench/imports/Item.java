// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.List;

/// What became of one thing that was exported: a policy or an access level.
///
/// @param name as people call it there; empty if it has none
/// @param id as the export identifies it; empty if it does not
/// @param source the file it stood in
/// @param rules the names of what was written for it
public record Item(
    String name, String id, String source, Fate fate, List<String> rules, List<Finding> findings) {

  public Item {
    name = Plain.line(name, 200);
    id = Plain.line(id, 100);
    source = Plain.line(source, 300);
    rules = List.copyOf(rules);
    findings = List.copyOf(findings);
  }
}
