// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.identity.Authentication.Strength;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a native app asks for, pushed with a proof of its key (RFC 9126, RFC 9449 section 10).
///
/// @param key the thumbprint of the key that the code, its redemption and the session are bound to
/// @param strength what the authentication must be worth at least (RFC 9470 `acr_values`)
/// @param details the `authorization_details` (RFC 9396), as sent
public record AuthorizationRequest(
    Client client,
    String redirectUri,
    String state,
    Sha256 challenge,
    Sha256 key,
    Optional<Strength> strength,
    Optional<Long> maxAge,
    Optional<String> details) {

  private static final Pattern STATE = Pattern.compile("[\\x21-\\x7e]{8,512}");

  /// Reads the parameters of a pushed request. `redirect_uri` is settled first: before it is known
  /// to be the client's, nothing is ever sent there.
  public static Outcome<AuthorizationRequest> read(Map<String, String> form, Sha256 key) {
    if (PasswordAttempt.in(form)) return Outcome.refused(OAuthRefusal.PASSWORD);
    var given = new Parameters(form);
    if (given.find("request_uri").isPresent()) return Parameters.malformed("request_uri");
    if (given.find("request").isPresent()) return Parameters.malformed("request");
    return given
        .require("client_id")
        .then(AuthorizationRequest::client)
        .then(client -> returning(client, given))
        .then(start -> checked(start, given, key));
  }

  private record Start(Client client, String redirectUri) {}

  private static Outcome<Client> client(String id) {
    return Client.named(id)
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(OAuthRefusal.CLIENT));
  }

  private static Outcome<Start> returning(Client client, Parameters given) {
    return given
        .require("redirect_uri")
        .then(uri ->
            client.mayReturnTo(uri)
                ? Outcome.done(new Start(client, uri))
                : Outcome.refused(OAuthRefusal.REDIRECT));
  }

  private static Outcome<AuthorizationRequest> checked(Start start, Parameters given, Sha256 key) {
    if (!given.find("response_type").equals(Optional.of("code")))
      return Outcome.refused(OAuthRefusal.RESPONSE_TYPE);
    if (!given.find("response_mode").orElse("query").equals("query"))
      return Parameters.malformed("response_mode");
    if (!given.find("scope").orElse("vigil").equals("vigil"))
      return Outcome.refused(OAuthRefusal.SCOPE);
    var jkt = given.find("dpop_jkt");
    if (jkt.isPresent() && !jkt.get().equals(key.toString()))
      return Parameters.malformed("dpop_jkt");
    if (given.breaks("max_age", Parameters.SECONDS)) return Parameters.malformed("max_age");
    return given
        .require("state")
        .then(state ->
            STATE.matcher(state).matches()
                ? Outcome.done(state)
                : Parameters.<String>malformed("state"))
        .then(state ->
            challenge(given)
                .then(challenge ->
                    strength(given)
                        .map(strength ->
                            new AuthorizationRequest(
                                start.client,
                                start.redirectUri,
                                state,
                                challenge,
                                key,
                                strength,
                                given.find("max_age").map(Long::valueOf),
                                given.find("authorization_details")))));
  }

  static Outcome<Sha256> challenge(Parameters given) {
    var challenge = given.find("code_challenge");
    if (challenge.isEmpty() || !given.find("code_challenge_method").equals(Optional.of("S256")))
      return Outcome.refused(OAuthRefusal.PKCE);
    try {
      return Outcome.done(Sha256.parse(challenge.get()));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(OAuthRefusal.PKCE);
    }
  }

  /// If values are given, one of them must be known.
  private static Outcome<Optional<Strength>> strength(Parameters given) {
    var known = given.strength(Strength.FEDERATED);
    return known.isPresent() || given.find("acr_values").isEmpty()
        ? Outcome.done(known)
        : Outcome.refused(OAuthRefusal.ACR);
  }
}
