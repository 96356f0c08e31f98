// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/// A certificate request (PKCS#10, RFC 2986) whose sender holds the key: only the key and the
/// challenge are taken from it; names and extensions that it asks for are never looked at.
public final class CertificateRequest {

  /// The largest request that is read, in bytes.
  public static final int LARGEST = 8 * 1024;

  private static final int LONGEST_CHALLENGE = 255;
  private final PublicKey key;
  private final Sha256 thumbprint;
  private final Optional<String> challenge;

  private CertificateRequest(PublicKey key, Sha256 thumbprint, Optional<String> challenge) {
    this.key = key;
    this.thumbprint = thumbprint;
    this.challenge = challenge;
  }

  /// Reads DER and verifies the proof of possession, for a key on P-256 or P-384. Refusals are
  /// [PkiRefusal]s.
  public static Outcome<CertificateRequest> parse(Bytes der) {
    return parse(der, AcceptedKeys.ELLIPTIC);
  }

  /// The same for the keys that a profile accepts.
  public static Outcome<CertificateRequest> parse(Bytes der, AcceptedKeys accepted) {
    if (der.size() > LARGEST) return Outcome.refused(PkiRefusal.REQUEST_TOO_LARGE);
    PKCS10CertificationRequest request;
    Optional<String> challenge;
    try {
      request = new PKCS10CertificationRequest(der.toArray());
      if (!Bytes.of(request.getEncoded()).equals(der))
        return Outcome.refused(PkiRefusal.REQUEST_MALFORMED); // read leniently
      challenge = challengeOf(request);
    } catch (IOException | RuntimeException e) { // the parser throws many kinds on hostile input
      return Outcome.refused(PkiRefusal.REQUEST_MALFORMED);
    }
    return accepted
        .keyOf(request)
        .then(key -> proven(request, key))
        .map(key -> new CertificateRequest(key, KeyThumbprint.of(key), challenge));
  }

  private static Optional<String> challengeOf(PKCS10CertificationRequest request) {
    var attributes = request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_challengePassword);
    if (attributes.length == 0) return Optional.empty();
    if (attributes.length > 1 || attributes[0].getAttrValues().size() != 1)
      throw new IllegalArgumentException("one challenge at most");
    ASN1Encodable value = attributes[0].getAttrValues().getObjectAt(0);
    if (!(value instanceof ASN1String text) || text.getString().length() > LONGEST_CHALLENGE)
      throw new IllegalArgumentException("a challenge is a short text");
    return Optional.of(text.getString());
  }

  private static Outcome<PublicKey> proven(PKCS10CertificationRequest request, PublicKey key) {
    try {
      boolean signed = request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
      return signed ? Outcome.done(key) : Outcome.refused(PkiRefusal.PROOF_FAILED);
    } catch (OperatorCreationException
        | PKCSException
        | RuntimeException e) { // as above: hostile signatures
      return Outcome.refused(PkiRefusal.PROOF_FAILED);
    }
  }

  /// The request, if it carries this challenge (PKCS#9 `challengePassword`).
  public Outcome<CertificateRequest> answering(String expected) {
    return challenge.filter(expected::equals).isPresent()
        ? Outcome.done(this)
        : Outcome.refused(PkiRefusal.CHALLENGE_MISMATCH);
  }

  /// The challenge that the request carries (PKCS#9 `challengePassword`).
  public Optional<String> challenge() {
    return challenge;
  }

  /// The key that the sender holds.
  public PublicKey key() {
    return key;
  }

  /// The key's RFC 7638 thumbprint.
  public Sha256 thumbprint() {
    return thumbprint;
  }
}
