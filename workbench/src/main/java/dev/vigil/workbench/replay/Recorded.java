// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.replay;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.workbench.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A decision as it was recorded, with the request it was made on.
///
/// @param reference the decision's id, `dec_...`
/// @param validUntil when time alone could have changed the answer; empty if never
public record Recorded(
    String reference,
    String app,
    Answer answer,
    List<String> deciding,
    List<Cause> reasons,
    Optional<Instant> validUntil,
    AccessRequest request) {

  public Recorded {
    deciding = List.copyOf(deciding);
    reasons = List.copyOf(reasons);
  }

  /// A rule and the requirement of it that was unmet; for a forbid, its name twice.
  public record Cause(String rule, String requirement) {

    static Cause of(Decision.Reason reason) {
      return new Cause(reason.rule(), reason.requirement());
    }

    @Override
    public String toString() {
      return rule.equals(requirement) ? rule : rule + "/" + requirement;
    }
  }
}
