// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// What stands in a request to the token endpoint.
public sealed interface TokenRequest {

  /// RFC 6749 section 4.1.3 with RFC 7636 section 4.5.
  record Code(
      Client client, Secret code, String verifier, String redirectUri, Optional<Audience> audience)
      implements TokenRequest {
    @Override
    public String toString() {
      return "Code(" + client.id() + ")";
    }
  }

  /// RFC 6749 section 6.
  record Refresh(Client client, Secret token, Optional<Audience> audience)
      implements TokenRequest {}

  /// RFC 6749 section 4.4, authenticated by mutual TLS (RFC 8705 section 2).
  record Workload(Optional<Audience> audience) implements TokenRequest {}

  /// Reads the form.
  static Outcome<TokenRequest> read(Map<String, String> form) {
    if (PasswordAttempt.in(form)) return Outcome.refused(OAuthRefusal.PASSWORD);
    var given = new Parameters(form);
    return given
        .require("grant_type")
        .then(grant ->
            audience(given)
                .then(audience ->
                    switch (grant) {
                      case "authorization_code" -> code(given, audience);
                      case "refresh_token" ->
                          client(given)
                              .then(client ->
                                  given
                                      .require("refresh_token")
                                      .map(token -> new Refresh(client, secret(token), audience)));
                      case "client_credentials" -> Outcome.done(new Workload(audience));
                      default -> Outcome.refused(OAuthRefusal.GRANT_TYPE);
                    }));
  }

  private static Outcome<TokenRequest> code(Parameters given, Optional<Audience> audience) {
    return client(given)
        .then(client ->
            given
                .require("code")
                .then(code ->
                    given
                        .require("code_verifier")
                        .then(verifier ->
                            given
                                .require("redirect_uri")
                                .map(uri ->
                                    new Code(client, secret(code), verifier, uri, audience)))));
  }

  private static Outcome<Client> client(Parameters given) {
    return given
        .require("client_id")
        .then(id ->
            Client.named(id)
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(OAuthRefusal.CLIENT)));
  }

  /// `resource` (RFC 8707) or `audience`; both must agree.
  private static Outcome<Optional<Audience>> audience(Parameters given) {
    var audience = given.find("audience");
    var resource = given.find("resource");
    if (audience.isEmpty() && resource.isEmpty()) return Outcome.done(Optional.empty());
    if (audience.isPresent() && resource.isPresent() && !audience.equals(resource))
      return Outcome.refused(OAuthRefusal.TARGET);
    var named = Audience.named(audience.or(() -> resource).orElseThrow());
    return named.isPresent() ? Outcome.done(named) : Outcome.refused(OAuthRefusal.TARGET);
  }

  /// A token as its holder presents it: the text itself is the secret.
  static Secret secret(String presented) {
    return Secret.of(presented.getBytes(StandardCharsets.UTF_8));
  }

  /// The digest by which the store knows a presented token.
  static Sha256 digest(String presented) {
    return secret(presented).digest();
  }
}
