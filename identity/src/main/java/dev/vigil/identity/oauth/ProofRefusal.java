// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.kernel.Refusal;

/// Why a proof of a key was not accepted (RFC 9449 section 4.3).
public enum ProofRefusal implements Refusal {
  MALFORMED("proof.malformed", "the `DPoP` header is not a signed JWT of at most 4096 characters"),
  TYPE("proof.type", "the proof's `typ` is not `dpop+jwt`"),
  ALGORITHM("proof.algorithm", "the proof is not signed with ES256"),
  KEY("proof.key", "the proof's `jwk` is not a public P-256 key"),
  SIGNATURE("proof.signature", "the proof's signature is not by the key in it"),
  METHOD("proof.method", "the proof's `htm` is another method than the request's"),
  TARGET("proof.target", "the proof's `htu` is another address than the request's"),
  TIME(
      "proof.time",
      "the proof's `iat` is more than 60 seconds from the server's time",
      "set the clock of the device to automatic and try again"),
  IDENTIFIER("proof.identifier", "the proof has no `jti` of 8 to 128 characters"),
  REPLAYED(
      "proof.replayed",
      "the proof was used before",
      "make a new proof with a new `jti` for every request"),
  TOKEN("proof.token", "the proof's `ath` is not the digest of the access token");

  private final Wording wording;

  ProofRefusal(String code, String says) {
    this(
        code,
        says,
        "make one proof with the device's key for this method and address (RFC 9449 section 4.2)");
  }

  ProofRefusal(String code, String says, String next) {
    this.wording = new Wording(code, 401, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
