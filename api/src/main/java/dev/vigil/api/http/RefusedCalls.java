// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.identity.scim.ScimRefusal;
import dev.vigil.kernel.Refusal;
import java.util.Map;
import java.util.Set;

/// Leaves an event of what was refused before a use case saw it: a page of another site, a proof
/// that came twice, a token or certificate that does not count, content that cannot be read. So
/// often a minute for one source and for all, so that nobody fills the store by being refused.
final class RefusedCalls {

  private static final Rate NOTES = Rate.perMinute(6);
  private static final Rate NOTES_OF_ALL = Rate.perMinute(60);

  /// Whoever shows nothing is asked for it, which is no refusal yet; provisioning records its own.
  private static final Set<Refusal> ASKED =
      Set.of(
          EdgeRefusal.TOKEN_REQUIRED,
          EdgeRefusal.PROOF_REQUIRED,
          EdgeRefusal.CERTIFICATE_REQUIRED,
          EdgeRefusal.SIGNED_OUT,
          EdgeRefusal.NO_CEREMONY,
          ScimRefusal.TOKEN);

  private final Changes changes;
  private final RateLimit notes;
  private final RateLimit notesOfAll;

  RefusedCalls(Changes changes) {
    this.changes = changes;
    this.notes = new RateLimit(NOTES, changes.time());
    this.notesOfAll = new RateLimit(NOTES_OF_ALL, changes.time());
  }

  /// What was asked for.
  ///
  /// @param path of the route
  /// @param source the peer's address
  record Call(String method, String path, String source) {
    static Call of(Request request, String path) {
      return new Call(request.method(), path, request.source());
    }
  }

  void note(Call call, Refusal refusal) {
    if (ASKED.contains(refusal)) return;
    if (!notes.use(call.source()).isZero() || !notesOfAll.use("all").isZero()) return;
    changes.commit(
        Actor.SYSTEM,
        work ->
            work.note(
                "request-refused",
                refusal.says(),
                Map.of(
                    "code",
                    refusal.code(),
                    "request",
                    call.method() + " " + call.path(),
                    "source",
                    call.source())));
  }
}
