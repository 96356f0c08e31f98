// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.access.Advice;
import dev.vigil.access.AdviceRecords;
import dev.vigil.access.Adviser;
import dev.vigil.access.Question;
import dev.vigil.access.World;
import dev.vigil.admission.Changes;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.rule.CompiledPolicySet;
import java.time.Instant;

/// The policy decision point that the routes speak for: what is known, who decides, and where it is
/// recorded.
///
/// @param world whose policies a search looks into
public record Point(Changes changes, World world, Adviser adviser, AdviceRecords records) {

  Questions questions() {
    return new Questions(subjects(), schema());
  }

  private FactsSchema schema() {
    return world.policies() instanceof CompiledPolicySet compiled
        ? compiled.rules().declared().schema()
        : FactsSchema.standard();
  }

  KnownSubjects subjects() {
    return new KnownSubjects(changes);
  }

  /// Answers and records.
  Advice answer(Question question) {
    return adviser.answer(question, records);
  }

  Instant now() {
    return changes.time().now();
  }
}
