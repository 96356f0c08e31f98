// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.kernel.Refusal;

/// Why the HTTP edge did not let a request through to its handler.
public enum EdgeRefusal implements Refusal {
  MALFORMED(
      "http.malformed",
      "the request could not be read",
      "correct the request; the detail says where",
      400),
  NO_SUCH_PATH("http.no-such-path", "there is nothing at this path", "check the address", 404),
  METHOD(
      "http.method",
      "this path does not know this method",
      "use one of the methods in the `Allow` header",
      405),
  CONFLICT(
      "http.conflict",
      "this contradicts what is stored, nothing was changed",
      "look again, then try again",
      409),
  SLOW_BODY("http.slow-body", "the content did not arrive in time", "send the request again", 408),
  TOO_LARGE("http.too-large", "the content is longer than this path accepts", "send less", 413),
  MEDIA_TYPE(
      "http.media-type",
      "this path does not take this type of content",
      "send the type named in the `Accept-Post` header",
      415),
  MISDIRECTED(
      "http.misdirected",
      "this server does not answer for this host name",
      "use the address the server is configured with",
      421),
  TOO_OFTEN(
      "http.too-often",
      "this was tried too often",
      "wait as long as the `Retry-After` header says",
      429),
  UNEXPECTED(
      "http.unexpected",
      "something went wrong here",
      "try again; if it stays, give the reference to an administrator",
      500),
  BUSY("http.busy", "the server has too much to do at the moment", "try again shortly", 503),
  STORE(
      "http.store-unavailable",
      "the change could not be made durable, nothing was changed",
      "try again shortly",
      503),
  CROSS_SITE(
      "http.cross-site",
      "the request did not come from this site's own page",
      "open the page from its own address and try again",
      403),
  NO_CEREMONY(
      "http.no-ceremony", "this browser has no sign-in under way", "start again from the app", 403),
  SIGNED_OUT("http.signed-out", "nobody is signed in in this browser", "sign in", 401),
  PROOF_REQUIRED(
      "http.proof-required",
      "a `DPoP` header with a proof of the key is required",
      "send one proof made for this request (RFC 9449)",
      401),
  TOKEN_REQUIRED(
      "http.token-required",
      "an access token with the scheme `DPoP` is required",
      "sign in, then send `Authorization: DPoP ...` with a proof",
      401),
  TOKEN_REFUSED(
      "http.token-refused",
      "the access token is not valid here",
      "get a new one with the refresh token, or sign in again",
      401),
  ENROLMENT_REQUIRED(
      "http.enrolment-required",
      "this device is not enrolled, and so can only enrol",
      "enrol the device first",
      403),
  DEVICE_REQUIRED(
      "http.device-required",
      "this key belongs to no active device",
      "enrol the device; if it was revoked, ask the help desk",
      403),
  PASSKEY_REQUIRED(
      "http.passkey-required",
      "administration asks for a passkey, and another provider's word is none",
      "sign in again with your passkey",
      403),
  ROLE_REQUIRED(
      "http.role-required",
      "this person does not have a role that may do this",
      "ask an administrator for the role",
      403),
  CERTIFICATE_REQUIRED(
      "http.certificate-required",
      "a client certificate is required",
      "connect with the certificate that was issued to this machine",
      401),
  MACHINE_UNKNOWN(
      "http.machine-unknown",
      "the client certificate is not one that was issued to an active machine",
      "connect with the machine's latest certificate; if it was revoked, register it again",
      401),
  ENFORCEMENT_POINT_REQUIRED(
      "http.enforcement-point-required",
      "this machine is not registered as an enforcement point",
      "have an administrator say which apps it may ask about",
      403);

  private final Wording wording;

  EdgeRefusal(String code, String says, String next, int status) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
