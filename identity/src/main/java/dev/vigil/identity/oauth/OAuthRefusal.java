// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

/// Why an OAuth request was refused, each with the error code of the standards.
public enum OAuthRefusal implements OAuthError {
  PARAMETER(
      "oauth.parameter",
      "invalid_request",
      "a parameter is missing or malformed",
      "correct the request",
      400),
  PASSWORD(
      "oauth.password",
      "invalid_request",
      "passwords are not accepted, in any form",
      "sign in with a passkey; a workload shows its certificate",
      400),
  CLIENT(
      "oauth.client",
      "invalid_client",
      "there is no client of this id",
      "use `vigil-phone` or `vigil-cli`",
      400),
  REDIRECT(
      "oauth.redirect",
      "invalid_request",
      "the client may not be called back at this address",
      "use the client's registered `redirect_uri`, exactly",
      400),
  RESPONSE_TYPE(
      "oauth.response-type",
      "unsupported_response_type",
      "only `response_type=code` is known",
      "ask for a code",
      400),
  GRANT_TYPE(
      "oauth.grant-type",
      "unsupported_grant_type",
      "this `grant_type` is not known",
      "use `authorization_code`, `refresh_token` or `client_credentials`",
      400),
  SCOPE("oauth.scope", "invalid_scope", "the scope is not known", "ask for `vigil`", 400),
  PKCE(
      "oauth.pkce",
      "invalid_request",
      "a `code_challenge` with `code_challenge_method=S256` is required",
      "add PKCE (RFC 7636)",
      400),
  NOT_PUSHED(
      "oauth.not-pushed",
      "invalid_request",
      "the authorization request was not pushed",
      "send it to the pushed authorization request endpoint first (RFC 9126)",
      400),
  REQUEST_URI(
      "oauth.request-uri",
      "invalid_request_uri",
      "the `request_uri` is unknown, expired, used, or another client's",
      "start again from the app",
      400),
  CODE(
      "oauth.code",
      "invalid_grant",
      "the code is unknown, expired or used, or was issued for another key, client or address",
      "sign in again",
      400),
  CODE_REUSED(
      "oauth.code-reused",
      "invalid_grant",
      "the code was used before, so the session it started was ended",
      "sign in again",
      400),
  VERIFIER(
      "oauth.verifier",
      "invalid_grant",
      "the `code_verifier` does not fit the code",
      "sign in again",
      400),
  REFRESH(
      "oauth.refresh",
      "invalid_grant",
      "the refresh token is unknown or expired, or belongs to another key or client",
      "sign in again",
      400),
  REFRESH_REUSED(
      "oauth.refresh-reused",
      "invalid_grant",
      "the refresh token was used before, so its session was ended",
      "sign in again",
      400),
  SESSION("oauth.session", "invalid_grant", "the session is over", "sign in again", 400),
  TARGET(
      "oauth.target",
      "invalid_target",
      "no token can be issued for this `audience`",
      "use `vigil-api` or `vigil-gateway`",
      400),
  NOT_ENROLLED(
      "oauth.not-enrolled",
      "invalid_target",
      "the gateway takes enrolled devices only",
      "enrol this device first",
      400),
  NO_CERTIFICATE(
      "oauth.no-certificate",
      "invalid_target",
      "the device has no valid certificate",
      "renew the device's certificate",
      400),
  ACR(
      "oauth.acr",
      "invalid_request",
      "none of the `acr_values` is known",
      "use `passkey` or `passkey-hardware`",
      400),
  DETAILS(
      "oauth.details",
      "invalid_authorization_details",
      "the `authorization_details` cannot be shown for approval",
      "send one `vigil_action` of a registered transaction with its exact body",
      400),
  DEVICE(
      "oauth.device",
      "access_denied",
      "this device may not be used to sign in",
      "ask the help desk: it was revoked",
      403),
  OTHER_PERSON(
      "oauth.other-person",
      "access_denied",
      "this device is somebody else's",
      "sign in with the passkey of the person the device belongs to",
      403),
  INACTIVE(
      "oauth.inactive",
      "access_denied",
      "this person may not sign in",
      "ask an administrator",
      403),
  BREAK_GLASS(
      "oauth.break-glass",
      "access_denied",
      "this account is kept for emergencies: it signs in at the command line only, with a key bound"
          + " to one piece of hardware",
      "run `vigil login`, or use your everyday account",
      403),
  CERTIFICATE(
      "oauth.certificate",
      "invalid_client",
      "the client certificate belongs to no active workload",
      "enrol the workload again",
      401),
  TOO_OFTEN(
      "oauth.too-often",
      "access_denied",
      "there were too many attempts for this person",
      "wait a minute and try again",
      429);

  private final Wording wording;
  private final String error;

  OAuthRefusal(String code, String error, String says, String next, int status) {
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
