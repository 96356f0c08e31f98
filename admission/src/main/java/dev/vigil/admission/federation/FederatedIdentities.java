// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.federation;

import dev.vigil.identity.federation.ProviderId;
import dev.vigil.identity.federation.SubjectKey;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the store knows of accounts at other providers. Lists are in the order of creation.
public interface FederatedIdentities {

  /// Who signs in with this account.
  Optional<FederatedIdentity> linked(ProviderId provider, SubjectKey key);

  List<FederatedIdentity> linksOf(SubjectId subject);

  /// The sign-in of this reference; empty once it ended.
  Optional<SignOn> signOn(String reference);

  /// The sign-ins through this provider of this subject, in this session there, or both where both
  /// are given; none if neither is.
  List<SignOn> signOns(ProviderId provider, Optional<String> upstreamSubject, Optional<String> sid);

  /// The same in a change.
  interface Changing extends FederatedIdentities {

    /// Inserts or replaces by provider and key.
    ///
    /// @throws dev.vigil.admission.Tx.Conflict if there is no such subject, or the account is
    ///   linked to another
    void put(FederatedIdentity identity);

    void unlink(ProviderId provider, SubjectKey key);

    /// @throws dev.vigil.admission.Tx.Conflict if there is no such subject
    void put(SignOn signOn);

    void end(String reference);

    /// Forgets the sign-ins of a subject that were made before; returns how many.
    int forget(SubjectId subject, Instant before);
  }
}
