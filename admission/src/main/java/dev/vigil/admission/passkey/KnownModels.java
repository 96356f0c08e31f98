// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.passkey;

import dev.vigil.admission.AcceptedMetadata;
import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.identity.passkey.MetadataRefusal;
import dev.vigil.identity.passkey.Models;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.util.Map;
import java.util.function.Supplier;

/// What is known of authenticator models: the newest FIDO metadata blob that was verified. Its
/// number never goes back, not over a restart either, since the store remembers it.
public final class KnownModels implements Supplier<Models> {

  private final Changes changes;
  private final Models.Signer signer;
  private volatile Models models = Models.NONE;

  /// @param signer who must have signed the blob
  public KnownModels(Changes changes, Models.Signer signer) {
    this.changes = changes;
    this.signer = signer;
  }

  @Override
  public Models get() {
    return models;
  }

  /// Takes a blob as it came from a file or from the network. One that is refused changes nothing
  /// and leaves an event; the same number again, as after a restart, is fine.
  public synchronized Outcome<Models> take(String blob) {
    var answer = Models.read(blob, signer, changes.time().now()).then(this::accept);
    switch (answer) {
      case Outcome.Done<Models>(Models accepted) -> models = accepted;
      case Outcome.Refused<Models>(Refusal refusal, String _) ->
          changes.refused(Actor.SYSTEM, "authenticator-metadata-refused", refusal);
    }
    return answer;
  }

  private Outcome<Models> accept(Models read) {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          var last = work.tx().metadata();
          if (last.filter(known -> known.number() > read.number()).isPresent())
            return Outcome.refused(MetadataRefusal.OLDER);
          if (last.filter(known -> known.number() == read.number()).isEmpty()) {
            work.tx().put(new AcceptedMetadata(read.number(), read.nextUpdate(), work.now()));
            work.note(
                "authenticator-metadata-accepted",
                "a newer blob",
                Map.of(
                    "number", Long.toString(read.number()),
                    "next_update", read.nextUpdate().toString(),
                    "models", Integer.toString(read.size())));
          }
          return Outcome.done(read);
        });
  }
}
