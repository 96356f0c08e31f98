// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationRefusal.NO_POLICY;
import static dev.vigil.admission.administration.AdministrationRefusal.NO_SUCH_VERSION;

import dev.vigil.admission.Changes;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.View;
import dev.vigil.kernel.Outcome;
import dev.vigil.policy.PolicySet;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import java.util.List;
import java.util.Optional;

/// The policies that were published: what decides, what decided before, and who made it so. They
/// are changed by [Publications] only.
public final class Policies {

  private final Changes changes;

  public Policies(Changes changes) {
    this.changes = changes;
  }

  /// The state of the policies when the server starts.
  public sealed interface InForce {

    /// These decide.
    record Deciding(PolicySet policies) implements InForce {}

    /// None were published yet: everything is denied.
    record None() implements InForce {}

    /// What was published does not compile with this release; nothing may be decided by it.
    record Broken(long version, List<Problem> problems) implements InForce {
      public Broken {
        problems = List.copyOf(problems);
      }
    }
  }

  /// Reads and compiles what is in force, for the start of the server.
  public InForce inForce() {
    var text = changes.read(View::policy);
    if (text.isEmpty()) return new InForce.None();
    return switch (compile(PolicyFiles.kept(text.get().files()), text.get().version())) {
      case Reading.Loaded loaded -> new InForce.Deciding(loaded.set());
      case Reading.Rejected(List<Problem> problems) ->
          new InForce.Broken(text.get().version(), problems);
    };
  }

  static Reading compile(PolicyFiles files, long version) {
    return PolicyReader.read(files.policies(), version);
  }

  /// The version in force with its files.
  public Outcome<PolicyText> show() {
    return changes
        .read(View::policy)
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_POLICY));
  }

  /// One version with its files.
  public Outcome<PolicyText> show(long version) {
    return changes
        .read(view -> find(view, version))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_SUCH_VERSION, "there is no version " + version));
  }

  private static Optional<PolicyText> find(View view, long version) {
    return view.policyHistory(Integer.MAX_VALUE).stream()
        .filter(text -> text.version() == version)
        .findFirst();
  }

  /// Every version, newest first, at most `limit`.
  public List<PolicyText> history(int limit) {
    return changes.read(view -> view.policyHistory(limit));
  }
}
