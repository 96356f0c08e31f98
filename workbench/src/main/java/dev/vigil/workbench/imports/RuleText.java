// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A rule as it will be written.
///
/// @param app what stands behind `app:`
/// @param when when it applies, with nothing in it that cannot be said
/// @param restrict what stands behind each key of `restrict:`
/// @param remarks lines of comment above it
public record RuleText(
    Kind kind,
    String name,
    String app,
    Bool when,
    List<Requirement> requirements,
    SequencedMap<String, String> restrict,
    Enforcement mode,
    String description,
    List<String> remarks) {

  /// What kind of rule.
  public enum Kind {
    PERMIT,
    GUARD,
    FORBID
  }

  /// Whether it decides.
  public enum Enforcement {
    ENFORCE,
    REPORT
  }

  /// One requirement.
  ///
  /// @param lines what stands behind each key, as YAML has it
  public record Requirement(SequencedMap<String, String> lines) {
    public Requirement {
      lines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(lines));
    }

    /// What is asked for, and of whom.
    public static Requirement of(String name, Map<String, String> asked, String text) {
      var lines = new LinkedHashMap<String, String>();
      lines.put("name", name);
      asked.entrySet().stream()
          .sorted(Map.Entry.comparingByKey(java.util.Comparator.reverseOrder()))
          .forEach(one -> lines.put(one.getKey(), one.getValue()));
      if (!text.isEmpty()) lines.put("text", PolicyText.quoted(text));
      return new Requirement(lines);
    }
  }

  public RuleText {
    requirements = List.copyOf(requirements);
    restrict = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(restrict));
    description = Plain.line(description, 280);
    remarks = remarks.stream().map(line -> Plain.line(line, 400)).toList();
  }
}
