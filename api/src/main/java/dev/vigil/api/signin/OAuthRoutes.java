// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.signin.PasswordAttempts;
import dev.vigil.admission.signin.PushedRequests;
import dev.vigil.admission.signin.Tokens;
import dev.vigil.admission.signin.WorkloadTokens;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.identity.oauth.ProofOfKey;
import dev.vigil.identity.oauth.TokenRequest;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The endpoints that apps and workloads call, not browsers.
public final class OAuthRoutes {

  private static final Rate PER_SOURCE = Rate.perMinute(120);
  private static final Rate PER_INTROSPECTOR = Rate.perMinute(6000);
  private static final int LARGEST_PUSH = 48 * 1024;

  private final Doors doors;
  private final Flows flows;
  private final Addresses addresses;
  private final Supplier<String> jwks;
  private final Registered registered;

  /// @param jwks the public keys that verify access tokens, as a JWK set in JSON
  /// @param registered answers the clients that are not built in
  public OAuthRoutes(
      Doors doors, Flows flows, Addresses addresses, Supplier<String> jwks, Registered registered) {
    this.doors = doors;
    this.flows = flows;
    this.addresses = addresses;
    this.jwks = jwks;
    this.registered = registered;
  }

  /// What registered clients are answered at the endpoints that they share with the built-in ones.
  public interface Registered {

    /// The answer, if a registered client asks.
    Optional<Response> answer(Endpoint endpoint, Request request, Claimed claimed);
  }

  /// An endpoint of RFC 9126, 6749, 7009 or 7662.
  public enum Endpoint {
    PUSH,
    TOKEN,
    REVOKE,
    INTROSPECT
  }

  /// What a request shows beside its form: a proof of a key, or a certificate.
  ///
  /// @param proof empty if the channel takes certificates
  public record Claimed(Optional<Outcome<ProofOfKey>> proof, Optional<Sha256> certificate) {}

  /// The use cases behind the endpoints.
  public record Flows(
      PasswordAttempts passwords, PushedRequests pushed, Tokens tokens, WorkloadTokens workloads) {}

  /// For the listener of the issuer.
  public List<Route<?>> issuer() {
    return List.of(
        Route.post("/oauth/par", doors.keyClaimant(), Body.form().atMost(LARGEST_PUSH), this::push)
            .limited(PER_SOURCE),
        Route.post("/oauth/token", doors.keyClaimant(), Body.form(), this::token)
            .limited(PER_SOURCE),
        Route.post("/oauth/revoke", doors.keyClaimant(), Body.form(), this::revoke)
            .limited(PER_SOURCE),
        Route.post("/oauth/introspect", doors.keyClaimant(), Body.form(), this::introspect)
            .limited(PER_INTROSPECTOR),
        Route.get("/oauth/jwks", doors.everyone(), (_, _) -> document(jwks.get()))
            .limited(PER_SOURCE),
        Route.get(
                "/.well-known/oauth-authorization-server",
                doors.everyone(),
                (_, _) -> Response.json(200, Metadata.of(addresses)))
            .limited(PER_SOURCE),
        Route.get(
                "/.well-known/openid-configuration",
                doors.everyone(),
                (_, _) -> Response.json(200, Metadata.of(addresses)))
            .limited(PER_SOURCE));
  }

  /// For the listener that asks for a client certificate (RFC 8705 section 5).
  public List<Route<?>> mutualTls() {
    return List.of(
        Route.post(
                "/oauth/par",
                doors.workload(),
                Body.form().atMost(LARGEST_PUSH),
                (request, workload) -> certified(Endpoint.PUSH, request, workload))
            .limited(PER_SOURCE),
        Route.post("/oauth/token", doors.workload(), Body.form(), this::workload)
            .limited(PER_SOURCE),
        Route.post(
                "/oauth/revoke",
                doors.workload(),
                Body.form(),
                (request, workload) -> certified(Endpoint.REVOKE, request, workload))
            .limited(PER_SOURCE),
        Route.post(
                "/oauth/introspect",
                doors.workload(),
                Body.form(),
                (request, workload) -> certified(Endpoint.INTROSPECT, request, workload))
            .limited(PER_INTROSPECTOR));
  }

  private Response push(Request request, Doors.KeyClaimant claimant) {
    return registered
        .answer(Endpoint.PUSH, request, claimed(claimant))
        .orElseGet(() -> pushed(request, claimant));
  }

  private static Claimed claimed(Doors.KeyClaimant claimant) {
    return new Claimed(Optional.of(claimant.proof()), Optional.empty());
  }

  private Response pushed(Request request, Doors.KeyClaimant claimant) {
    return OAuthAnswers.of(
        withKey(request, claimant, (form, proof) -> flows.pushed().push(form, proof)),
        pushed ->
            Response.json(
                201,
                Map.of(
                    "request_uri", pushed.requestUri(), "expires_in", pushed.life().toSeconds())));
  }

  private Response token(Request request, Doors.KeyClaimant claimant) {
    return registered
        .answer(Endpoint.TOKEN, request, claimed(claimant))
        .orElseGet(() -> tokens(request, claimant));
  }

  private Response tokens(Request request, Doors.KeyClaimant claimant) {
    return OAuthAnswers.of(
        withKey(
            request,
            claimant,
            (form, proof) ->
                TokenRequest.read(form)
                    .then(given ->
                        switch (given) {
                          case TokenRequest.Code code -> flows.tokens().redeem(code, proof);
                          case TokenRequest.Refresh refresh ->
                              flows.tokens().refresh(refresh, proof);
                          case TokenRequest.Workload _ ->
                              Outcome.refused(
                                  OAuthRefusal.CERTIFICATE,
                                  "use the token endpoint that asks for a client certificate");
                        })),
        OAuthAnswers::tokens);
  }

  private Response revoke(Request request, Doors.KeyClaimant claimant) {
    return registered
        .answer(Endpoint.REVOKE, request, claimed(claimant))
        .orElseGet(() -> revoked(request, claimant));
  }

  private Response revoked(Request request, Doors.KeyClaimant claimant) {
    return OAuthAnswers.of(
        withKey(
            request,
            claimant,
            (form, proof) -> {
              String token = form.getOrDefault("token", "");
              if (token.isEmpty())
                return Outcome.refused(OAuthRefusal.PARAMETER, "`token` is missing");
              flows.tokens().revoke(Secret.of(token.getBytes(StandardCharsets.UTF_8)), proof);
              return Outcome.done(Map.of());
            }),
        done -> Response.json(200, done));
  }

  private Response workload(Request request, Doors.Workload workload) {
    return registered
        .answer(Endpoint.TOKEN, request, claimed(workload))
        .orElseGet(() -> machine(request, workload));
  }

  private Response certified(Endpoint endpoint, Request request, Doors.Workload workload) {
    return registered
        .answer(endpoint, request, claimed(workload))
        .orElseGet(() -> OAuthAnswers.error(OpenIdRefusal.CLIENT, ""));
  }

  private Response introspect(Request request, Doors.KeyClaimant claimant) {
    return registered
        .answer(Endpoint.INTROSPECT, request, claimed(claimant))
        .orElseGet(() -> OAuthAnswers.error(OpenIdRefusal.CLIENT, ""));
  }

  private static Claimed claimed(Doors.Workload workload) {
    return new Claimed(Optional.empty(), Optional.of(workload.thumbprint()));
  }

  private Response machine(Request request, Doors.Workload workload) {
    return OAuthAnswers.of(
        passwordless(request)
            .then(TokenRequest::read)
            .then(given ->
                switch (given) {
                  case TokenRequest.Workload asked ->
                      flows.workloads().issue(asked, workload.thumbprint());
                  case TokenRequest.Code _, TokenRequest.Refresh _ ->
                      Outcome.refused(
                          OAuthRefusal.GRANT_TYPE, "this endpoint knows `client_credentials` only");
                }),
        OAuthAnswers::tokens);
  }

  private interface Keyed<T> {
    Outcome<T> apply(Map<String, String> form, ProofOfKey proof);
  }

  private <T> Outcome<T> withKey(Request request, Doors.KeyClaimant claimant, Keyed<T> flow) {
    return passwordless(request)
        .then(form ->
            claimant
                .proof()
                .then((Function<ProofOfKey, Outcome<T>>) proof -> flow.apply(form, proof)));
  }

  private Outcome<Map<String, String>> passwordless(Request request) {
    return flows.passwords().none(request.form(), request.header("authorization"));
  }

  private static Response document(String json) {
    return new Response.Content(
        200,
        "application/jwk-set+json",
        Bytes.of(json.getBytes(StandardCharsets.UTF_8)),
        Map.of("Cache-Control", "public, max-age=300"));
  }
}
