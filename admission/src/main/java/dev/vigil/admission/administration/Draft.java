// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.PolicyText;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Files that could be read as policies, beside those in force. Nothing was checked of them yet.
record Draft(
    PolicyFiles files,
    Optional<PolicyText> before,
    Optional<CompiledPolicySet> inForce,
    Reading.Loaded loaded) {

  /// What came of reading files.
  sealed interface Drafted {

    record Sound(Draft draft) implements Drafted {}

    record Unsound(List<Problem> problems) implements Drafted {}
  }

  /// Reads the files as the version after the one in force.
  static Drafted of(PolicyFiles files, Optional<PolicyText> before) {
    return switch (Policies.compile(files, versionOf(before) + 1)) {
      case Reading.Rejected(List<Problem> problems) -> new Drafted.Unsound(problems);
      case Reading.Loaded loaded ->
          new Drafted.Sound(new Draft(files, before, compiled(before), loaded));
    };
  }

  private static Optional<CompiledPolicySet> compiled(Optional<PolicyText> before) {
    return before.flatMap(text ->
        switch (Policies.compile(PolicyFiles.kept(text.files()), text.version())) {
          case Reading.Loaded loaded -> Optional.of(loaded.set());
          case Reading.Rejected _ -> Optional.empty();
        });
  }

  /// The version of these policies; 0 if there are none.
  static long versionOf(Optional<PolicyText> policies) {
    return policies.map(PolicyText::version).orElse(0L);
  }

  /// The version in force; 0 if there is none.
  long basedOn() {
    return versionOf(before);
  }

  /// Files first, then apps, then rules.
  List<Difference> differences() {
    var all = new ArrayList<Difference>();
    all.addAll(Difference.ofFiles(before.map(PolicyText::files).orElse(Map.of()), files.all()));
    all.addAll(Difference.ofApps(inForce, loaded.set()));
    all.addAll(Difference.ofRules(inForce, loaded.set()));
    return List.copyOf(all);
  }
}
