// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.scep;

import dev.vigil.kernel.Refusal;

/// Why a SCEP message is not served.
public enum ScepRefusal implements Refusal {
  OPERATION(
      "scep.operation",
      "there is no such operation",
      "use GetCACaps, GetCACert, or PKIOperation with POST"),
  MALFORMED(
      "scep.malformed",
      "the message is not a SCEP message, RFC 8894 section 3",
      "send signed CMS data with the attributes of the RFC"),
  ALGORITHM(
      "scep.algorithm",
      "the message uses an algorithm or key that is not accepted: SHA-1, MD5, DES, or no RSA",
      "use SHA-256 and AES, as GetCACaps says, and an RSA key of 2048 to 4096 bits"),
  INTEGRITY(
      "scep.integrity",
      "the signature does not fit, or the content cannot be opened",
      "ask for the certificates again (GetCACert), then sign and encrypt anew"),
  MESSAGE_TYPE(
      "scep.message-type",
      "this type of message is not served",
      "send PKCSReq, RenewalReq, CertPoll, GetCert or GetCRL"),
  KEY_DIFFERS(
      "scep.key-differs",
      "the request is for another key than the one that signed the message",
      "sign the message with the key of the request"),
  CHALLENGE_MISSING(
      "scep.challenge-missing",
      "the request carries no challenge password",
      "put the secret of the right to enrol into it"),
  NOT_FOUND(
      "scep.not-found",
      "this device has no such certificate here",
      "ask with the device's own key for its own certificate");

  private final Wording wording;

  ScepRefusal(String code, String says, String next) {
    this.wording = new Wording(code, 400, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
