// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.administration.PublicationChecks.Check;
import dev.vigil.kernel.Sha256;
import dev.vigil.policy.language.Warning;
import java.util.List;
import java.util.Optional;

/// What publishing files would mean, found out without changing anything.
///
/// @param basedOn the version in force; 0 if there is none
/// @param digest of the files
/// @param differences files first, then apps, then rules
/// @param lockout who would be locked out
public record Plan(
    long basedOn,
    Sha256 digest,
    List<Difference> differences,
    List<Warning> warnings,
    List<Check> checks,
    Optional<Lockout> lockout,
    Publishing.Approval approval) {

  public Plan {
    differences = List.copyOf(differences);
    warnings = List.copyOf(warnings);
    checks = List.copyOf(checks);
  }

  /// Whether publishing would change anything.
  public boolean changes() {
    return !differences.isEmpty();
  }

  /// Whether every check has passed.
  public boolean passed() {
    return checks.stream().allMatch(Check::passed);
  }
}
