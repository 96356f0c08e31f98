// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.ClientsView.LogoutNotice;
import dev.vigil.admission.TokenClaims;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Signs and verifies what registered clients get. A port: the keys are held elsewhere.
public interface OpenIdTokens {

  /// An ID token (OpenID Connect Core section 2), issued now.
  String idToken(IdToken claims, String accessToken);

  /// The ID token in this text, however old, if we signed it; empty for anything else.
  Optional<Hint> hint(String compact);

  /// An access token (RFC 9068), issued now.
  String accessToken(AppToken claims);

  /// The access token in this text, if it is ours, of this kind and not expired; nothing is said of
  /// its session.
  Optional<AppToken> appToken(String compact);

  /// A logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4), issued now.
  String logoutToken(LogoutNotice notice);

  /// What an ID token says.
  ///
  /// @param person further claims, by the scopes that were granted
  record IdToken(
      SubjectId subject,
      String client,
      SessionId session,
      Optional<String> nonce,
      How how,
      Map<String, Object> person) {
    public IdToken {
      person = Map.copyOf(person);
    }
  }

  /// How the person authenticated.
  record How(Instant at, Strength strength, Set<String> methods) {
    public How {
      methods = Set.copyOf(methods);
    }
  }

  /// What an ID token that comes back tells.
  record Hint(SubjectId subject, String client, SessionId session) {}

  /// What an access token of a registered client says.
  ///
  /// @param app for which it is; empty if it opens the UserInfo endpoint only
  /// @param binding what its holder must prove; empty for clients of the plain profile
  /// @param actors who acts for the person, the present one first (RFC 8693 section 4.1)
  /// @param sequence the committed sequence of its session
  record AppToken(
      SessionId session,
      SubjectId subject,
      String client,
      Optional<AppId> app,
      List<String> scopes,
      Optional<TokenClaims.Binding> binding,
      List<String> actors,
      long sequence,
      Instant expiresAt) {
    public AppToken {
      scopes = List.copyOf(scopes);
      actors = List.copyOf(actors);
    }

    /// The same for another app.
    AppToken at(AppId other) {
      return new AppToken(
          session,
          subject,
          client,
          Optional.of(other),
          scopes,
          binding,
          actors,
          sequence,
          expiresAt);
    }
  }
}
