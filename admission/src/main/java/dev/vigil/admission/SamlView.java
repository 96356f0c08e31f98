// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.identity.saml.Assertions.NameId;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.kernel.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the [Store] knows of SAML service providers and of who is signed in there. Lists are in the
/// order of creation.
public interface SamlView {

  Optional<RegisteredProvider> provider(String id);

  /// The provider of this entity ID.
  Optional<RegisteredProvider> entity(String entityId);

  List<RegisteredProvider> providers();

  /// Every sign-in of a session.
  List<SamlSignOn> signOns(SessionId session);

  /// Every sign-in at a provider by this name.
  List<SamlSignOn> signOns(String provider, String nameId);

  /// That a session is used at a provider.
  ///
  /// @param nameId how the person is named there
  /// @param index how the session is named there
  record SamlSignOn(SessionId session, String provider, NameId nameId, String index, Instant at) {}
}
