// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.language.Warning;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.PolicyFolder;
import java.nio.file.Path;
import java.util.List;

/// The policies of a folder, sound and ready to decide, with the other files beside them.
record LoadedPolicies(PolicyFolder folder, CompiledPolicySet set) {

  /// @throws Failure if the folder holds no policies or they have problems
  static LoadedPolicies of(Path path) {
    var folder = PolicyFolder.of(dev.vigil.server.cli.PolicyFolder.read(path));
    return switch (PolicyReader.read(folder.policies(), 1)) {
      case Reading.Loaded(CompiledPolicySet set, List<Warning> ignored) ->
          new LoadedPolicies(folder, set);
      case Reading.Rejected(List<Problem> problems) ->
          throw PolicyLeaf.unusable("the policies in `" + path + "` cannot be used", problems);
    };
  }
}
