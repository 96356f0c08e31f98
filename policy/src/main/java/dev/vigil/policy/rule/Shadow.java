// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Decision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What rules in `report` mode would have come to, had they decided. It never reaches the person.
///
/// @param together with all of them
/// @param alone with each of them by itself, by the rule's name
public record Shadow(Decision together, SequencedMap<String, Decision> alone) {

  public Shadow {
    alone = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(alone));
  }
}
