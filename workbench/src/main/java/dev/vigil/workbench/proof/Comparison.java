// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import java.util.List;
import java.util.Optional;

/// What came of comparing two policies: whom they let in, and under which restrictions. What either
/// offers to those whom it does not let in is not compared.
///
/// @param differences empty if there are none, which is proved if `unanswered` is empty too
/// @param unanswered what could not be found out
public record Comparison(List<Difference> differences, List<String> unanswered) {

  public Comparison {
    differences = List.copyOf(differences);
    unanswered = List.copyOf(unanswered);
  }

  /// Whether it is proved that there is no difference.
  public boolean same() {
    return differences.isEmpty() && unanswered.isEmpty();
  }

  /// How access changes.
  public enum Change {
    /// Who was not let in is let in.
    WIDENS,
    /// Who was let in is not.
    NARROWS,
    /// Access is granted as before, under other restrictions.
    RESTRICTS_OTHERWISE;

    /// As it is told.
    public String says() {
      return switch (this) {
        case WIDENS -> "widens";
        case NARROWS -> "narrows";
        case RESTRICTS_OTHERWISE -> "restricts otherwise";
      };
    }

    boolean of(Decision before, Decision after) {
      return switch (this) {
        case WIDENS -> !before.allows() && after.allows();
        case NARROWS -> before.allows() && !after.allows();
        case RESTRICTS_OTHERWISE ->
            before instanceof Decision.Allow one
                && after instanceof Decision.Allow two
                && !one.obligations().equals(two.obligations());
      };
    }

    String of(Grant before, Grant after) {
      return switch (this) {
        case WIDENS -> Smt.and(Smt.not(before.allow()), after.allow());
        case NARROWS -> Smt.and(before.allow(), Smt.not(after.allow()));
        case RESTRICTS_OTHERWISE -> before.restrictsOtherwise(after);
      };
    }
  }

  /// For whom access differs, with a request that shows it.
  ///
  /// @param app empty for all apps that neither policy names
  /// @param population empty where it is unknown
  public record Difference(
      Change change, Optional<String> app, Optional<String> population, Shown shown) {}

  /// A request that both engines have decided.
  public record Shown(AccessRequest request, Decision before, Decision after) {}
}
