// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.openid;

import dev.vigil.admission.openid.Authorizations;
import dev.vigil.admission.openid.ClientAuthentication;
import dev.vigil.admission.openid.ClientAuthentication.Known;
import dev.vigil.admission.openid.Grants;
import dev.vigil.admission.openid.Introspection;
import dev.vigil.admission.openid.SignOuts;
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
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// What registered clients call: pushed requests, tokens, revocation. Whoever is not a built-in
/// client is one, or is refused.
public final class ClientEndpoints implements Registered {

  private final Flows flows;
  private final TokenEndpoint tokens;
  private final ProofNonces nonces;
  private final TimeSource time;
  private final String issuer;

  public ClientEndpoints(Flows flows, ProofNonces nonces, TimeSource time, URI issuer) {
    this.flows = flows;
    this.tokens = new TokenEndpoint(flows.grants());
    this.nonces = nonces;
    this.time = time;
    this.issuer = issuer.toString();
  }

  /// The use cases behind the endpoints.
  public record Flows(
      PasswordAttempts passwords,
      ClientAuthentication clients,
      Authorizations authorizations,
      Introspection introspection,
      SignOuts signOuts,
      TokenEndpoint.Grants grants) {}

  @Override
  public Optional<Response> answer(Endpoint endpoint, Request request, Claimed claimed) {
    var form = request.form();
    return endpoint == Endpoint.INTROSPECT || registered(form, claimed)
        ? Optional.of(answered(endpoint, request, form, claimed))
        : Optional.empty();
  }

  /// Built-in clients name themselves; machines over mutual TLS need not.
  private static boolean registered(Map<String, String> form, Claimed claimed) {
    if (form.containsKey("client_assertion")) return true;
    var id = Optional.ofNullable(form.get("client_id")).filter(text -> !text.isEmpty());
    return id.filter(text -> Client.named(text).isEmpty()).isPresent()
        && (claimed.certificate().isEmpty()
            || id.filter(text -> !text.startsWith("sub_")).isPresent());
  }

  private Response answered(
      Endpoint endpoint, Request request, Map<String, String> form, Claimed claimed) {
    var known =
        flows
            .passwords()
            .none(form, request.header("authorization"))
            .then(_ ->
                shown(request, form, claimed)
                    .then(shown ->
                        endpoint == Endpoint.REVOKE
                            ? flows.clients().revoking(shown)
                            : flows.clients().authenticate(shown)));
    var answer =
        switch (known) {
          case Outcome.Refused<Known>(Refusal refusal, String detail) ->
              OAuthAnswers.error(refusal, detail);
          case Outcome.Done<Known>(Known client) ->
              switch (endpoint) {
                case PUSH -> push(client, form);
                case TOKEN -> tokens.answer(client, form);
                case REVOKE -> revoke(client, form);
                case INTROSPECT -> introspect(client, form);
              };
        };
    return claimed.proof().isPresent()
        ? answer.with("DPoP-Nonce", nonces.current(time.now()))
        : answer;
  }

  /// What a request shows, with a proof that is fresh by our own nonce, if it has one.
  private Outcome<ClientAuthentication.Shown> shown(
      Request request, Map<String, String> form, Claimed claimed) {
    return proof(request, claimed)
        .then(proof ->
            assertion(form)
                .map(assertion ->
                    new ClientAuthentication.Shown(
                        Optional.ofNullable(form.get("client_id")),
                        assertion,
                        claimed.certificate(),
                        proof,
                        request.source())));
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

  private Response revoke(Known client, Map<String, String> form) {
    String token = form.getOrDefault("token", "");
    if (token.isEmpty()) return OAuthAnswers.error(OAuthRefusal.PARAMETER, "`token` is missing");
    flows.signOuts().revoke(client, Secret.of(token.getBytes(StandardCharsets.UTF_8)));
    return Response.json(200, Map.of());
  }

  /// RFC 7662 section 2.2.
  private Response introspect(Known client, Map<String, String> form) {
    if (!client.client().confidential()) return OAuthAnswers.error(OpenIdRefusal.UNAUTHORIZED, "");
    return flows
        .introspection()
        .look(client, form.getOrDefault("token", ""))
        .map(live -> Response.json(200, TokenJson.introspected(live, issuer)))
        .orElseGet(() -> Response.json(200, Map.of("active", false)));
  }
}
