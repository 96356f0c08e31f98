// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench;

import dev.vigil.policy.language.PolicySource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of a policy folder by what they are: policies, cases (`*.test.yaml`) that say what the
/// policies must decide, and properties (`*.properties.yaml`) that must hold for every request.
/// Each by file name, in the order of the names.
public record PolicyFolder(
    List<PolicySource> policies, List<PolicySource> cases, List<PolicySource> properties) {

  public PolicyFolder {
    policies = List.copyOf(policies);
    cases = List.copyOf(cases);
    properties = List.copyOf(properties);
  }

  /// What a file is.
  public enum Kind {
    POLICIES,
    CASES,
    PROPERTIES;

    /// What the file of this name is.
    public static Kind of(String fileName) {
      var stem = fileName.replaceFirst("\\.ya?ml$", "");
      if (stem.endsWith(".test")) return CASES;
      return stem.endsWith(".properties") ? PROPERTIES : POLICIES;
    }
  }

  /// Sorts files.
  ///
  /// @param files text by file name
  public static PolicyFolder of(Map<String, String> files) {
    var sorted = new TreeMap<>(files);
    return new PolicyFolder(
        only(sorted, Kind.POLICIES), only(sorted, Kind.CASES), only(sorted, Kind.PROPERTIES));
  }

  private static List<PolicySource> only(SortedMap<String, String> files, Kind kind) {
    return files.entrySet().stream()
        .filter(file -> Kind.of(file.getKey()) == kind)
        .map(file -> new PolicySource(file.getKey(), file.getValue()))
        .toList();
  }
}
