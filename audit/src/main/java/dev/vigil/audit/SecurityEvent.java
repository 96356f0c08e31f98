// SPDX-License-Identifier: Apache-2.0
package dev.vigil.audit;

import dev.vigil.kernel.EventId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The envelope of everything that changes: committed in one transaction with the change itself.
///
/// @param sequence the position in the one order of all events, from 1, without gaps
/// @param type CAEP, RISC or Vigil's own, such as `session-revoked` or `device-enrolled`
/// @param subjects the ids of all it is about (`sub_`, `dev_`, `ses_`, app names)
/// @param actor the id of who caused it, or `system`
/// @param cause why, in a sentence or a code; never a secret
/// @param details further facts by name; never a secret
public record SecurityEvent(
    long sequence,
    EventId id,
    String type,
    List<String> subjects,
    String actor,
    String cause,
    Map<String, String> details,
    Instant occurred,
    Instant committed) {

  public SecurityEvent {
    subjects = List.copyOf(subjects);
    details = Map.copyOf(details);
  }
}
