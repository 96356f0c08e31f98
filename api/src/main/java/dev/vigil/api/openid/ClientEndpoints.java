// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.openid;

import dev.vigil.admission.openid.Authorizations;
import dev.vigil.admission.openid.ClientAuthentication;
import dev.vigil.admission.openid.ClientAuthentication.Known;
import dev.vigil.admission.openid.CodeGrant;
import dev.vigil.admission.openid.Grants;
import dev.vigil.admission.signin.PasswordAttempts;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.signin.OAuthAnswers;
import dev.vigil.api.signin.OAuthRoutes.Claimed;
import dev.vigil.api.signin.OAuthRoutes.Endpoint;
import dev.vigil.api.signin.OAuthRoutes.Registered;
import dev.vigil.identity.oauth.Client;
import dev.vigil.identity.oauth.ClientAssertions;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.identity.oauth.ProofNonces;
import dev.vigil.identity.oauth.ProofOfKey;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.TimeSource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What registered clients call: pushed requests, tokens, revocation. Whoever is not a built-in
/// client is one, or is refused.
public final class ClientEndpoints implements Registered {

  private final Flows flows;
  private final ProofNonces nonces;
  private final TimeSource time;

  public ClientEndpoints(Flows flows, ProofNonces nonces, TimeSource time) {
    this.flows = flows;
    this.nonces = nonces;
    this.time = time;
  }

  /// The use cases behind the endpoints.
  public record Flows(
      PasswordAttempts passwords,
      ClientAuthentication clients,
      Authorizations authorizations,
      CodeGrant codes) {}

  @Override
  public Optional<Response> answer(Endpoint endpoint, Request request, Claimed claimed) {
    var form = request.form();
    return registered(form, claimed)
        ? Optional.of(answered(endpoint, request, form, claimed))
        : Optional.empty();
  }

  /// Built-in clients name themselves; machines over mutual TLS need not.
  private static boolean registered(Map<String, String> form, Claimed claimed) {
    if (form.containsKey("client_assertion")) return true;
    var id = Optional.ofNullable(form.get("client_id")).filter(text -> !text.isEmpty());
    return id.filter(text -> Client.named(text).isEmpty()).isPresent()
        && (claimed.certificate().isEmpty() || id.filter(text -> !text.startsWith("sub_")).isPresent());
  }

  private Response answered(
      Endpoint endpoint, Request request, Map<String, String> form, Claimed claimed) {
    var known =
        flows
            .passwords()
            .none(form, request.header("authorization"))
            .then(_ -> known(request, form, claimed));
    var answer =
        switch (known) {
          case Outcome.Refused<Known>(Refusal refusal, String detail) ->
              OAuthAnswers.error(refusal, detail);
          case Outcome.Done<Known>(Known client) ->
              switch (endpoint) {
                case PUSH -> push(client, form);
                case TOKEN -> token(client, form);
                case REVOKE -> Response.json(200, Map.of());
              };
        };
    return claimed.proof().isPresent()
        ? answer.with("DPoP-Nonce", nonces.current(time.now()))
        : answer;
  }

  /// The client that a request shows, with a proof that is fresh by our own nonce, if it has one.
  Outcome<Known> known(Request request, Map<String, String> form, Claimed claimed) {
    return proof(request, claimed)
        .then(proof -> assertion(form)
            .then(assertion ->
                flows
                    .clients()
                    .authenticate(
                        new ClientAuthentication.Shown(
                            Optional.ofNullable(form.get("client_id")),
                            assertion,
                            claimed.certificate(),
                            proof))));
  }

  private Outcome<Optional<ProofOfKey>> proof(Request request, Claimed claimed) {
    if (request.header("dpop").isEmpty() || claimed.proof().isEmpty())
      return Outcome.done(Optional.empty());
    return claimed
        .proof()
        .get()
        .then(proof ->
            proof.nonce().filter(nonce -> nonces.accepts(nonce, time.now())).isPresent()
                ? Outcome.done(Optional.of(proof))
                : Outcome.refused(OpenIdRefusal.NONCE));
  }

  private static Outcome<Optional<String>> assertion(Map<String, String> form) {
    var assertion = Optional.ofNullable(form.get("client_assertion"));
    var type = Optional.ofNullable(form.get("client_assertion_type"));
    if (assertion.isPresent() != type.isPresent()
        || type.filter(text -> !text.equals(ClientAssertions.TYPE)).isPresent())
      return Outcome.refused(
          OpenIdRefusal.ASSERTION, "`client_assertion_type` is missing or another");
    return Outcome.done(assertion);
  }

  private Response push(Known client, Map<String, String> form) {
    return OAuthAnswers.of(
        Grants.constrained(client).then(_ -> flows.authorizations().push(client, form)),
        pushed ->
            Response.json(
                201,
                Map.of(
                    "request_uri", pushed.requestUri(), "expires_in", pushed.life().toSeconds())));
  }

  private Response token(Known client, Map<String, String> form) {
    Outcome<Grants.Issued> answer =
        switch (form.getOrDefault("grant_type", "")) {
          case "authorization_code" ->
              flows
                  .codes()
                  .redeem(
                      client,
                      new CodeGrant.Given(
                          form.getOrDefault("code", ""),
                          form.getOrDefault("code_verifier", ""),
                          form.getOrDefault("redirect_uri", "")));
          default -> Outcome.refused(OAuthRefusal.GRANT_TYPE);
        };
    return OAuthAnswers.of(answer, ClientEndpoints::tokens);
  }

  private static Response tokens(Grants.Issued issued) {
    var body = new LinkedHashMap<String, Object>();
    body.put("access_token", issued.accessToken());
    body.put("token_type", issued.type());
    body.put("expires_in", issued.life().toSeconds());
    body.put("scope", String.join(" ", issued.scopes()));
    issued.idToken().ifPresent(token -> body.put("id_token", token));
    issued
        .refreshToken()
        .ifPresent(
            token -> body.put("refresh_token", new String(token.reveal(), StandardCharsets.UTF_8)));
    return Response.json(200, Map.copyOf(body));
  }
}
