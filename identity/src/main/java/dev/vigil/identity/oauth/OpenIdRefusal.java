// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

/// Why a request of a registered client was refused, each with the error code of the standards.
public enum OpenIdRefusal implements OAuthError {
  CLIENT(
      "openid.client",
      "invalid_client",
      "the client is not registered, or did not authenticate as it is registered to",
      "authenticate as registered: `vigil client show` tells how",
      401),
  SECRET(
      "openid.secret",
      "invalid_client",
      "clients have no secrets here",
      "authenticate with `private_key_jwt` or mutual TLS",
      401),
  ASSERTION(
      "openid.assertion",
      "invalid_client",
      "the client assertion is not acceptable",
      "sign one with ES256 and a registered key: `iss` and `sub` the client, `aud` the issuer,"
          + " `exp` within five minutes, a fresh `jti`, no key in the header",
      401),
  ASSERTION_REPLAYED(
      "openid.assertion-replayed",
      "invalid_client",
      "the client assertion was used before",
      "sign a new one with a new `jti` for every request",
      401),
  NOT_PUSHED(
      "openid.not-pushed",
      "invalid_request",
      "this client must push its authorization requests",
      "send it to the pushed authorization request endpoint first (RFC 9126)",
      400),
  UNCONSTRAINED(
      "openid.unconstrained",
      "invalid_dpop_proof",
      "this client's tokens are bound to a key, and the request proves none",
      "send a DPoP proof (RFC 9449) or use mutual TLS (RFC 8705)",
      400),
  NONCE(
      "openid.nonce",
      "use_dpop_nonce",
      "the proof needs the server's nonce",
      "make a new proof with the `nonce` of the header `DPoP-Nonce` (RFC 9449 section 8)",
      400),
  LOGIN(
      "openid.login",
      "login_required",
      "the person is not signed in",
      "ask without `prompt=none`",
      400),
  INTERACTION(
      "openid.interaction",
      "interaction_required",
      "the person must do something first",
      "ask without `prompt=none`",
      400),
  DENIED(
      "openid.denied",
      "access_denied",
      "access is denied",
      "the person sees what can be done",
      403),
  GRANT(
      "openid.grant",
      "invalid_grant",
      "the grant is unknown, expired, used, or another client's, or the policies refuse it now",
      "sign the person in again",
      400),
  GRANT_REUSED(
      "openid.grant-reused",
      "invalid_grant",
      "the grant was used before, so what came of it was ended",
      "sign the person in again",
      400),
  UNAUTHORIZED(
      "openid.unauthorized",
      "unauthorized_client",
      "this client is not registered for that",
      "register the client for it, or use another grant",
      400),
  TOKEN(
      "openid.token",
      "invalid_token",
      "the access token is missing, expired, ended, or not shown as it is bound",
      "get a new one",
      401),
  STEP_UP(
      "openid.step-up",
      "insufficient_user_authentication",
      "a stronger or fresher sign-in is needed",
      "ask for authorization again with these `acr_values` and `max_age` (RFC 9470)",
      401),
  REQUEST(
      "openid.request",
      "invalid_request",
      "this sign-in has expired or was finished",
      "start again from the app",
      400),
  HINT(
      "openid.hint",
      "invalid_request",
      "the `id_token_hint` is not an ID token of ours, or the address is not registered",
      "sign out without it",
      400);

  private final Wording wording;
  private final String error;

  OpenIdRefusal(String code, String error, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
    this.error = error;
  }

  @Override
  public Wording wording() {
    return wording;
  }

  @Override
  public String error() {
    return error;
  }
}
