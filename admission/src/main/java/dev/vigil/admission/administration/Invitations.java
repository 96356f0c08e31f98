// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.Work;
import dev.vigil.kernel.SubjectId;
import java.net.URI;
import java.time.Instant;

/// Makes the link with which a person registers a passkey, inside the change that invites them. A
/// port: sign-in keeps the invitations and redeems them.
@FunctionalInterface
public interface Invitations {

  /// A new link for this person; it works once.
  Invitation issue(Work work, SubjectId person);

  /// A link that lets whoever has it register a passkey: as good as a password until it is used.
  record Invitation(URI link, Instant expiresAt) {
    @Override
    public String toString() {
      return "Invitation(hidden)";
    }
  }
}
