// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.Client;
import java.util.Map;

/// The rule for break-glass accounts, which stands outside all policies: a key bound to one piece
/// of hardware, at the command line, and nowhere else. Every use is an alarm.
final class BreakGlass {

  private BreakGlass() {}

  /// Whether the rule keeps such a person from signing in this way.
  static boolean bars(Subject person, Client client, Strength strength) {
    return person.keptForEmergencies()
        && !(client.equals(Client.COMMAND_LINE) && strength == Strength.PASSKEY_HARDWARE);
  }

  /// Tells that an account kept for emergencies was used.
  static void used(Work work, Session session, Authentication made) {
    if (work.tx().subject(session.subject()).filter(Subject::keptForEmergencies).isEmpty()) return;
    work.note(
        "break-glass-used",
        "an account kept for emergencies signed in",
        Map.of("credential", made.credentialId(), "severity", "alarm"),
        session.id(),
        session.subject());
  }
}
