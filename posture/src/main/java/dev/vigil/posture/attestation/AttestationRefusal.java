// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Refusal;

/// Why a platform's statement is not believed.
public enum AttestationRefusal implements Refusal {
  TOO_LARGE(
      413,
      "attestation.too-large",
      "the attestation is larger than is read",
      "send the statement without further data"),
  MALFORMED(
      400,
      "attestation.malformed",
      "the attestation is not in the form that its format has",
      "send what the platform made, unchanged"),
  FORMAT_UNKNOWN(
      400,
      "attestation.format-unknown",
      "no attestation of this format is verified here",
      "send android-key, play-integrity, apple-appattest, apple or tpm"),
  CHAIN_BROKEN(
      403,
      "attestation.chain-broken",
      "a certificate of the attestation is not signed by the one above it, or may not sign it",
      "send the chain as the platform made it, the attested key's certificate first"),
  SIGNATURE_WRONG(
      403,
      "attestation.signature-wrong",
      "the attestation's signature does not verify",
      "send what the platform made, unchanged"),
  ROOT_UNKNOWN(
      403,
      "attestation.root-unknown",
      "the attestation ends at a root that is not trusted",
      "use a device whose maker's root is trusted, or have an administrator configure the root"),
  NOT_VALID_NOW(
      403,
      "attestation.not-valid-now",
      "a certificate of the attestation is not valid now",
      "make a new attestation, and set the device's clock"),
  REVOKED(
      403,
      "attestation.revoked",
      "the vendor revoked a certificate of the attestation",
      "update the device, then ask its maker: the vendor no longer trusts its attestation key"),
  REVOCATION_UNKNOWN(
      503,
      "attestation.revocation-unknown",
      "whether the vendor revoked the attestation's certificates cannot be told now",
      "try again later"),
  VENDOR_UNREACHABLE(
      503,
      "attestation.vendor-unreachable",
      "the vendor who must be asked about the attestation does not answer, or not today",
      "try again later"),
  CHALLENGE_MISMATCH(
      403,
      "attestation.challenge-mismatch",
      "the attestation answers another challenge or none",
      "ask for a new challenge and attest it"),
  KEY_MISMATCH(
      403,
      "attestation.key-mismatch",
      "the attestation is of another key",
      "attest the key that is to be certified"),
  WRONG_APP(
      403,
      "attestation.wrong-app",
      "the attestation comes from another app, or from one that somebody else signed",
      "install the organisation's app from the store"),
  NOT_HARDWARE(
      403,
      "attestation.not-hardware",
      "the attestation says that the key is not kept in hardware",
      "use a device that keeps keys in hardware"),
  DOWNGRADED(
      403,
      "attestation.downgraded",
      "parts of the attestation contradict each other, or claim less than the device had before",
      "make a new attestation with the device's own key store"),
  REPLAYED(
      403,
      "attestation.replayed",
      "the attestation was used before, or its counter went backwards",
      "make a new attestation"),
  TOO_OLD(
      403,
      "attestation.too-old",
      "the attestation was made too long ago",
      "make a new attestation"),
  NOT_CONFIGURED(
      503,
      "attestation.not-configured",
      "attestations of this format cannot be verified here yet",
      "have an administrator configure it");

  private final Wording wording;

  AttestationRefusal(int status, String code, String says, String next) {
    this.wording = new Wording(code, status, says, next);
  }

  @Override
  public Wording wording() {
    return wording;
  }
}
