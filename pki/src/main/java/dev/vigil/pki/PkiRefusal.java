// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Refusal;

/// Why no certificate is issued.
public enum PkiRefusal implements Refusal {
  REQUEST_TOO_LARGE(
      413,
      "pki.request-too-large",
      "the certificate request is larger than 8 KiB",
      "send a PKCS#10 request without needless extensions"),
  REQUEST_MALFORMED(
      400,
      "pki.request-malformed",
      "the certificate request is not a PKCS#10 request in DER",
      "send the DER of a PKCS#10 request, RFC 2986"),
  KEY_NOT_ACCEPTED(
      400,
      "pki.key-not-accepted",
      "the key of the certificate request is not on P-256 or P-384",
      "make a key on P-256"),
  KEY_NOT_ACCEPTED_FOR_MANAGED(
      400,
      "pki.key-not-accepted-for-managed",
      "the key of the certificate request is neither on P-256 or P-384 nor RSA of 2048 to 4096"
          + " bits",
      "make an RSA key of 2048 bits or more, or one on P-256"),
  SIGNATURE_NOT_ACCEPTED(
      400,
      "pki.signature-not-accepted",
      "the certificate request is signed with SHA-1 or MD5",
      "sign with SHA-256 or better"),
  PROOF_FAILED(
      400,
      "pki.proof-failed",
      "the certificate request is not signed by the key in it",
      "sign the request with the private key of the key in it"),
  CHALLENGE_MISMATCH(
      400,
      "pki.challenge-mismatch",
      "the certificate request answers another challenge or none",
      "ask for a new challenge and sign a new request"),
  LIFETIME_NOT_ALLOWED(
      400,
      "pki.lifetime-not-allowed",
      "the lifetime is not between a minute and 90 days",
      "choose a lifetime within these bounds"),
  AUTHORITY_EXPIRED(
      503,
      "pki.authority-expired",
      "the certificate authority's own certificate is not valid now",
      "check this machine's clock, then rotate the authority's key");

  private final Wording wording;

  PkiRefusal(int status, String code, String says, String next) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
