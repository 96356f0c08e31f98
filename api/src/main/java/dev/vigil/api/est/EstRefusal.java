// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.est;

import dev.vigil.kernel.Refusal;

/// Why an EST request is not served before its certificate request was looked at.
public enum EstRefusal implements Refusal {
  PASSWORD_REQUIRED(
      401,
      "est.password-required",
      "the secret of a right to enrol is required",
      "send it as the password of HTTP Basic authentication; the user name does not matter"),
  NOT_BASE64(
      400,
      "est.not-base64",
      "the content is not base64",
      "send the DER of the PKCS#10 request in base64, RFC 8951 section 3.1");

  private final Wording wording;

  EstRefusal(int status, String code, String says, String next) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
