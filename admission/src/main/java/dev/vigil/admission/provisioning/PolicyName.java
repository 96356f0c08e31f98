// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import static dev.vigil.identity.scim.ScimRefusal.VALUE;

import dev.vigil.admission.PlainText;
import dev.vigil.admission.administration.GroupName;

/// The name by which policies know a provisioned group: its display name in lower case, with a
/// hyphen for anything between the words, so that `Payments Team (EU)` is `payments-team-eu`.
final class PolicyName {

  private static final int LONGEST = 256;

  private PolicyName() {}

  /// @throws Unfit if the name has letters that policies do not, which might look alike
  static GroupName of(String displayName) {
    if (!PlainText.fits(displayName, LONGEST))
      throw new Unfit(VALUE, "`displayName` must be one line of at most 256 visible characters");
    String folded = PlainText.folded(displayName);
    boolean foreign = folded.codePoints().anyMatch(c -> c > '~' && Character.isLetterOrDigit(c));
    String name = folded.replaceAll("[^a-z0-9._:-]+", "-").replaceAll("^[^a-z0-9]+|-+$", "");
    if (foreign || name.isEmpty() || name.length() > 64)
      throw new Unfit(
          VALUE,
          PlainText.shown(displayName)
              + " makes no name for policies: write a group's name with 1 to 64 of the letters a-z"
              + " and digits");
    return new GroupName(name);
  }
}
