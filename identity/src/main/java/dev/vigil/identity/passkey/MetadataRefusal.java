// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import dev.vigil.kernel.Refusal;

/// Why a FIDO metadata blob was not taken (FIDO Metadata Service 3, section 3.2).
public enum MetadataRefusal implements Refusal {
  UNREADABLE(
      "metadata.unreadable",
      "the authenticator metadata could not be read",
      "download the blob again; it is a signed JWT"),
  SIGNATURE(
      "metadata.signature",
      "the authenticator metadata are not signed by the certificate they carry",
      "download the blob again; if it stays, do not use it"),
  CHAIN(
      "metadata.chain",
      "the authenticator metadata are not signed under the configured root, or its certificates"
          + " are not valid now",
      "check `identity.metadata-root`, and that the blob is a current one"),
  SIGNER(
      "metadata.signer",
      "the authenticator metadata are signed by somebody else",
      "check `identity.metadata-signer`: the name in the signer's certificate"),
  OLDER(
      "metadata.older",
      "the authenticator metadata are older than those that were used before",
      "get the current blob; the number in it never goes back");

  private final Wording wording;

  MetadataRefusal(String code, String says, String next) {
    this.wording = new Wording(code, 409, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
