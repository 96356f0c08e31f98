// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.acme;

import dev.vigil.kernel.Refusal;

/// Why an ACME client does not get what it asked for, with the error type of RFC 8555 section 6.7.
public enum AcmeRefusal implements Refusal {
  MALFORMED(
      400,
      "malformed",
      "acme.malformed",
      "the request is not a flattened JWS with what this path takes",
      "send the request as RFC 8555 section 6.2 says"),
  ALGORITHM(
      400,
      "badSignatureAlgorithm",
      "acme.algorithm",
      "requests signed with this algorithm are not verified",
      "sign with ES256, ES384 or RS256"),
  KEY(
      400,
      "badPublicKey",
      "acme.key",
      "the account's key is not on P-256 or P-384 and no RSA key of 2048 to 4096 bits",
      "make a key on P-256"),
  SIGNATURE(
      400,
      "malformed",
      "acme.signature",
      "the signature does not verify with the key that is named",
      "sign with the account's key"),
  NONCE(
      400,
      "badNonce",
      "acme.nonce",
      "the nonce was used before, is too old or was never given",
      "sign again with the nonce in `Replay-Nonce`"),
  URL(
      403,
      "unauthorized",
      "acme.url",
      "the request was signed for another address",
      "sign the address that the request goes to"),
  ACCOUNT_UNKNOWN(
      400,
      "accountDoesNotExist",
      "acme.account-unknown",
      "there is no such account",
      "register one at `newAccount`"),
  ACCOUNT_DEACTIVATED(
      401,
      "unauthorized",
      "acme.account-deactivated",
      "the account was deactivated",
      "register one with another key"),
  ACCOUNT_OF_ANOTHER(
      403,
      "unauthorized",
      "acme.account-of-another",
      "this belongs to another account",
      "sign with the account's own key"),
  KEY_IN_USE(
      409,
      "malformed",
      "acme.key-in-use",
      "another account has this key",
      "make a new key for the account"),
  CONTACT(
      400,
      "unsupportedContact",
      "acme.contact",
      "a contact is no `mailto:` address",
      "leave the contacts out: nobody writes to them"),
  IDENTIFIER_UNSUPPORTED(
      400,
      "unsupportedIdentifier",
      "acme.identifier-unsupported",
      "certificates are issued for one `permanent-identifier` only",
      "order for one identifier of this type"),
  IDENTIFIER_REJECTED(
      403,
      "rejectedIdentifier",
      "acme.identifier-rejected",
      "nobody gave a right for this identifier, or it was used or has expired",
      "have an administrator give a new right, and install the profile with it"),
  VALIDITY_CHOSEN(
      400,
      "malformed",
      "acme.validity-chosen",
      "an order cannot choose when its certificate is valid",
      "leave `notBefore` and `notAfter` out"),
  TOO_MANY_ORDERS(
      429,
      "rateLimited",
      "acme.too-many-orders",
      "the account has too many orders under way",
      "finish them, or wait until they expire"),
  NOT_FOUND(
      404,
      "malformed",
      "acme.not-found",
      "this account has nothing at this address",
      "place an order, and use the addresses in it"),
  NOT_PENDING(
      400,
      "malformed",
      "acme.not-pending",
      "the challenge was answered before, or its order has expired",
      "place a new order"),
  NOT_READY(
      403,
      "orderNotReady",
      "acme.not-ready",
      "the order is not ready to be finalized",
      "answer its challenge first, and finalize once"),
  ATTESTATION_MISSING(
      400,
      "badAttestationStatement",
      "acme.attestation-missing",
      "the answer holds no attestation in `attObj`",
      "send the attestation object in base64url"),
  ATTESTED_ANOTHER(
      403,
      "badAttestationStatement",
      "acme.attested-another",
      "the attestation is of another device than the right is for",
      "install the profile on the device that it was made for"),
  KEY_NOT_ATTESTED(
      400,
      "badCSR",
      "acme.key-not-attested",
      "the certificate request is for another key than the one that was attested",
      "make the request with the attested key"),
  NOT_ISSUED_HERE(
      404,
      "malformed",
      "acme.not-issued-here",
      "this certificate was not issued over ACME",
      "have an administrator revoke the device"),
  ALREADY_REVOKED(
      400,
      "alreadyRevoked",
      "acme.already-revoked",
      "the certificate's device was revoked before",
      "nothing: it is not admitted any more"),
  REVOCATION_REASON(
      400,
      "badRevocationReason",
      "acme.revocation-reason",
      "the reason is none that a client may give (RFC 5280 section 5.3.1)",
      "leave the reason out, or send 0, 1, 3, 4 or 5");

  private final String type;
  private final Wording wording;

  AcmeRefusal(int status, String type, String code, String says, String next) {
    this.type = type;
    this.wording = new Wording(code, status, says, next);
  }

  /// The error type without its prefix `urn:ietf:params:acme:error:`.
  public String type() {
    return type;
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
