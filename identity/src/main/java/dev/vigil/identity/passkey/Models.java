// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import dev.vigil.kernel.Outcome;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The authenticator models that a verified FIDO metadata blob knows (FIDO Metadata Service 3).
///
/// What it says in an authenticator's favour counts until its next update is due; what it says
/// against one counts for ever, since knowing less must never grant more.
public final class Models {

  /// Nothing is known of any model.
  public static final Models NONE = new Models(0, LocalDate.MIN, Map.of());

  private final long number;
  private final LocalDate nextUpdate;
  private final Map<UUID, Model> byId;

  Models(long number, LocalDate nextUpdate, Map<UUID, Model> byId) {
    this.number = number;
    this.nextUpdate = nextUpdate;
    this.byId = Map.copyOf(byId);
  }

  /// Who must have signed the blob.
  ///
  /// @param root the root certificate that its chain ends in
  /// @param name the host name in the signing certificate, such as `mds.fidoalliance.org`: the root
  ///   vouches for many others
  public record Signer(X509Certificate root, String name) {}

  /// Verifies a blob as of a time (section 3.2 steps 3 to 7): its chain, its signature, who signed.
  /// Whether its number went back is for whoever remembers the last one. Certificates are not
  /// looked up in revocation lists.
  public static Outcome<Models> read(String blob, Signer signer, Instant at) {
    return SignedBlob.verify(blob, signer, at).then(BlobPayload::models);
  }

  /// The serial number of the blob; 0 if there is none.
  public long number() {
    return number;
  }

  /// The day until which it may be relied upon.
  public LocalDate nextUpdate() {
    return nextUpdate;
  }

  /// How many models it knows.
  public int size() {
    return byId.size();
  }

  /// Whether it may be relied upon: its next update is not overdue.
  public boolean currentAt(Instant now) {
    return !now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(nextUpdate);
  }

  /// What is known of a model, overdue or not; enough to refuse, not enough to grant.
  public Optional<Model> known(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// What may be relied upon of a model at a time.
  public Optional<Model> current(UUID id, Instant now) {
    return currentAt(now) ? known(id) : Optional.empty();
  }

  /// Whether the certificates lead from an authenticator to a root that metadata name for this very
  /// model (WebAuthn Level 3, section 7.1 steps 23 and 24).
  boolean vouch(UUID id, List<X509Certificate> path, Instant now) {
    return current(id, now).filter(model -> Chains.leadsTo(path, model.roots(), now)).isPresent();
  }
}
