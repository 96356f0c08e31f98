// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Work;
import dev.vigil.admission.administration.Invitations;
import dev.vigil.api.signin.PersonRoutes;
import dev.vigil.kernel.SubjectId;
import dev.vigil.kernel.TimeSource;
import java.net.URI;

/// Connects administration, which invites, with sign-in, which keeps invitations and redeems them.
final class InvitationLinks implements Invitations {

  private final dev.vigil.admission.signin.Invitations kept;
  private final URI pages;
  private final TimeSource time;

  InvitationLinks(dev.vigil.admission.signin.Invitations kept, URI pages, TimeSource time) {
    this.kept = kept;
    this.pages = pages;
    this.time = time;
  }

  @Override
  public Invitation issue(Work work, SubjectId person) {
    var invited = kept.within(work, person);
    return new Invitation(
        URI.create(PersonRoutes.link(pages, invited)), time.now().plus(invited.life()));
  }
}
