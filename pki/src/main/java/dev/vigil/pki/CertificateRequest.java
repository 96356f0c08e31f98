// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.io.IOException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
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
  private static final Map<ASN1ObjectIdentifier, ASN1ObjectIdentifier> CURVE_OF_SIGNATURE =
      Map.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256,
              org.bouncycastle.asn1.sec.SECObjectIdentifiers.secp256r1,
          X9ObjectIdentifiers.ecdsa_with_SHA384,
              org.bouncycastle.asn1.sec.SECObjectIdentifiers.secp384r1);

  private final ECPublicKey key;
  private final Sha256 thumbprint;
  private final Optional<String> challenge;

  private CertificateRequest(ECPublicKey key, Sha256 thumbprint, Optional<String> challenge) {
    this.key = key;
    this.thumbprint = thumbprint;
    this.challenge = challenge;
  }

  /// Reads DER and verifies the proof of possession. Refusals are [PkiRefusal]s.
  public static Outcome<CertificateRequest> parse(Bytes der) {
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
    return keyOf(request)
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

  /// Named curves only, and the one that the signature's algorithm goes with; the point must be on
  /// it.
  private static Outcome<ECPublicKey> keyOf(PKCS10CertificationRequest request) {
    try {
      var info = request.getSubjectPublicKeyInfo();
      var curve = CURVE_OF_SIGNATURE.get(request.getSignatureAlgorithm().getAlgorithm());
      boolean accepted =
          X9ObjectIdentifiers.id_ecPublicKey.equals(info.getAlgorithm().getAlgorithm())
              && curve != null
              && curve.equals(info.getAlgorithm().getParameters());
      if (!accepted) return Outcome.refused(PkiRefusal.KEY_NOT_ACCEPTED);
      var key =
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(info.getEncoded()));
      if (!(key instanceof ECPublicKey onCurve))
        return Outcome.refused(PkiRefusal.KEY_NOT_ACCEPTED);
      KeyThumbprint.of(onCurve);
      return Outcome.done(onCurve);
    } catch (IOException | InvalidKeySpecException | IllegalArgumentException e) {
      return Outcome.refused(PkiRefusal.KEY_NOT_ACCEPTED);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has EC keys", e);
    }
  }

  private static Outcome<ECPublicKey> proven(PKCS10CertificationRequest request, ECPublicKey key) {
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

  /// The key that the sender holds.
  public ECPublicKey key() {
    return key;
  }

  /// The key's RFC 7638 thumbprint.
  public Sha256 thumbprint() {
    return thumbprint;
  }
}
