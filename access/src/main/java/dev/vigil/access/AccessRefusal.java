// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.Refusal;

/// Why a request was refused before or instead of a policy decision.
public enum AccessRefusal implements Refusal {
  CERTIFICATE_UNKNOWN(
      403,
      "access.certificate-unknown",
      "the client certificate is not one that was issued to an active device",
      "enrol this device again"),
  CERTIFICATE_EXPIRED(
      403,
      "access.certificate-expired",
      "the client certificate has expired",
      "renew the certificate with the device's key"),
  TOKEN_MISSING(
      401,
      "access.token-missing",
      "the request carries no valid access token",
      "sign in, then send the access token"),
  TOKEN_EXPIRED(
      401,
      "access.token-expired",
      "the access token has expired",
      "ask for a new one with the refresh token"),
  TOKEN_OF_ANOTHER_DEVICE(
      401,
      "access.token-of-another-device",
      "the access token is bound to another device's certificate",
      "sign in on this device"),
  SESSION_ENDED(401, "access.session-ended", "the session has ended", "sign in again"),
  APP_UNKNOWN(
      404, "access.app-unknown", "no app of this name is published here", "check the address"),
  NOT_READY(
      503,
      "access.not-ready",
      "this node has not yet caught up with the session",
      "try again in a second"),
  RECORDS_FULL(
      503,
      "access.records-full",
      "the decision could not be recorded, so access is refused",
      "try again; tell the administrator if it lasts");

  private final Wording wording;

  AccessRefusal(int status, String code, String says, String next) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
