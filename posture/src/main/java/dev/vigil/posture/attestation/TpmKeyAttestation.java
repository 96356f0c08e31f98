// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.SignalName;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tss.tpm.TPMS_ATTEST;
import tss.tpm.TPMS_CERTIFY_INFO;
import tss.tpm.TPM_GENERATED;

/// TPM 2.0 key attestation: statements of format `tpm` (WebAuthn Level 3, section 8.3; ACME's
/// `device-attest-01` sends the same without `authData`). A TPM certifies with its attestation key
/// that it holds a key which never leaves it (TPM 2.0 Library, part 3, `TPM2_Certify`).
///
/// Signatures are as everybody sends them: PKCS#1 for RSA, DER for ECDSA, not `TPMT_SIGNATURE`.
/// SHA-1 is refused. Nothing of what a TPM wrote is read before it is known that a TPM wrote it.
public final class TpmKeyAttestation {

  private final Anchors anchors;

  /// @param anchors authorities that issue certificates to attestation keys: the TPM's maker, or
  ///   the organisation's own that checked the maker's endorsement
  public TpmKeyAttestation(Anchors anchors) {
    this.anchors = anchors;
  }

  /// What the statement proves.
  ///
  /// @param attestationObject `fmt` and `attStmt` in CBOR
  /// @param extraData what the TPM was given to sign along; in ACME the SHA-256 of the key
  ///   authorization
  public Outcome<Attested> verify(Bytes attestationObject, Bytes extraData, Instant now) {
    return AttestationObject.read(attestationObject, AttestationFormat.TPM)
        .then(
            statement -> statement.chain().then(chain -> verify(statement, chain, extraData, now)));
  }

  private Outcome<Attested> verify(
      AttestationObject statement, Chain chain, Bytes extraData, Instant now) {
    return Fields.read(statement)
        .then(fields ->
            chain
                .endsAt(anchors, now)
                .then(root ->
                    AttestationKey.read(chain)
                        .then(signer ->
                            fields
                                .signedBy(signer.key())
                                .then(attest -> certified(attest, extraData))
                                .then(fields::keyNamed)
                                .map(key -> attested(root, key, signer)))));
  }

  private static Attested attested(TrustRoot root, PublicKey key, AttestationKey signer) {
    Map<SignalName, String> says =
        Map.of(
            SignalName.ATTESTATION, "hardware",
            SignalName.HARDWARE_KEY, "true",
            SignalName.KEY_PROTECTION, "tpm");
    return new Attested(AttestationFormat.TPM, root, Optional.of(key), says, signer.identifiers());
  }

  /// The name of the key that was certified, if one was (part 2, section 10.12.3).
  private static Outcome<byte[]> certified(TPMS_ATTEST attest, Bytes extraData) {
    if (attest.magic.toInt() != TPM_GENERATED.VALUE.toInt()
        || !(attest.attested instanceof TPMS_CERTIFY_INFO certified))
      return Outcome.refused(AttestationRefusal.MALFORMED, "the TPM certified no key");
    return MessageDigest.isEqual(attest.extraData, extraData.toArray())
        ? Outcome.done(certified.name)
        : Outcome.refused(AttestationRefusal.CHALLENGE_MISMATCH);
  }

  /// The fields of the statement but `x5c`.
  private record Fields(String algorithm, Bytes signature, Bytes certInfo, Bytes pubArea) {

    static Outcome<Fields> read(AttestationObject statement) {
      var number = statement.number("alg");
      var signature = statement.bytes("sig");
      var certInfo = statement.bytes("certInfo");
      var pubArea = statement.bytes("pubArea");
      if (!statement.text("ver").equals(Optional.of("2.0"))
          || number.isEmpty()
          || signature.isEmpty()
          || certInfo.isEmpty()
          || pubArea.isEmpty()) return Outcome.refused(AttestationRefusal.MALFORMED);
      return algorithm(number.get())
          .map(one -> new Fields(one, signature.get(), certInfo.get(), pubArea.get()))
          .map(Outcome::done)
          .orElseGet(() ->
              Outcome.refused(
                  AttestationRefusal.SIGNATURE_WRONG, "its algorithm is none that is trusted"));
    }

    /// COSE algorithms (RFC 9053, section 2.1; RFC 8812, section 2) as Java names them.
    private static Optional<String> algorithm(int cose) {
      return switch (cose) {
        case -7 -> Optional.of("SHA256withECDSA");
        case -35 -> Optional.of("SHA384withECDSA");
        case -36 -> Optional.of("SHA512withECDSA");
        case -257 -> Optional.of("SHA256withRSA");
        case -258 -> Optional.of("SHA384withRSA");
        case -259 -> Optional.of("SHA512withRSA");
        default -> Optional.empty();
      };
    }

    /// The TPM's words, if it signed them.
    Outcome<TPMS_ATTEST> signedBy(PublicKey key) {
      if (!isSignedBy(key)) return Outcome.refused(AttestationRefusal.SIGNATURE_WRONG);
      return TpmPublic.structure(certInfo.toArray(), TPMS_ATTEST::fromBytes)
          .map(Outcome::done)
          .orElseGet(() -> Outcome.refused(AttestationRefusal.MALFORMED));
    }

    private boolean isSignedBy(PublicKey key) {
      try {
        var verification = Signature.getInstance(algorithm);
        verification.initVerify(key);
        verification.update(certInfo.toArray());
        return verification.verify(signature.toArray());
      } catch (GeneralSecurityException e) {
        return false;
      }
    }

    /// The key of this name, if it is the one that was sent and is kept in the TPM.
    Outcome<PublicKey> keyNamed(byte[] name) {
      return TpmPublic.named(name, pubArea.toArray())
          .map(TpmPublic::signingKey)
          .orElseGet(() -> Outcome.refused(AttestationRefusal.KEY_MISMATCH));
    }
  }
}
