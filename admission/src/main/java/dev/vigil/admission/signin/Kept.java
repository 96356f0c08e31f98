// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.identity.Authentication;
import dev.vigil.identity.oauth.AuthorizationRequest;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one-time values stand for, as the store keeps it: JSON of these records.
final class Kept {

  private Kept() {}

  /// A pushed request: its form, checked when it came, and the thumbprint of the key that pushed
  /// it.
  record Pushed(Map<String, String> form, String key) {
    Pushed {
      form = Map.copyOf(form);
    }

    AuthorizationRequest request() {
      return switch (AuthorizationRequest.read(form, Sha256.parse(key))) {
        case Outcome.Done<AuthorizationRequest>(AuthorizationRequest request) -> request;
        case Outcome.Refused<AuthorizationRequest> refused ->
            throw new IllegalStateException(
                "a kept request is refused: " + refused.refusal().code());
      };
    }
  }

  /// What a browser came for.
  enum Purpose {
    SIGN_IN,
    /// To sign in in the browser itself; `requestUri` is the path of ours to go on with, and the
    /// form of `pushed` holds `name` and `strength`.
    BROWSER,
    REGISTER,
    ADMINISTRATOR
  }

  /// A browser's visit.
  ///
  /// @param pushed what the app asked for, when it came to sign in
  /// @param requestUri where it came from, so that a reload finds it again
  /// @param ticket the digest of the invitation or administrator's secret, when it came with one
  /// @param subject who was invited
  record Visit(Purpose purpose, Pushed pushed, String requestUri, String ticket, String subject) {}

  static final Pushed NOTHING_PUSHED = new Pushed(Map.of(), "");

  /// A challenge given to a visit's page.
  ///
  /// @param subject for whom a passkey is to be registered
  /// @param userName and `displayName`, of a first administrator
  record Challenge(String visit, String subject, String userName, String displayName) {}

  /// A code that was issued: who signed in, how, for which request.
  record Code(Pushed pushed, String subject, Signed signed) {}

  /// An authentication.
  record Signed(
      String at,
      Authentication.Strength strength,
      Set<String> methods,
      boolean phishingResistant,
      boolean userVerified,
      String credentialId,
      String acr) {
    Signed {
      methods = Set.copyOf(methods);
    }

    static Signed of(Authentication made) {
      return new Signed(
          made.at().toString(),
          made.strength(),
          made.methods(),
          made.phishingResistant(),
          made.userVerified(),
          made.credentialId(),
          made.acr().orElse(""));
    }

    Authentication authentication() {
      return new Authentication(
          Instant.parse(at),
          strength,
          methods,
          phishingResistant,
          userVerified,
          credentialId,
          acr.isEmpty() ? Optional.empty() : Optional.of(acr));
    }
  }
}
