// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/// Which keys a profile certifies, and which signatures prove them. SHA-1 and MD5 never count.
public enum AcceptedKeys {
  /// P-256 and P-384: what phones with the SDK have in their hardware.
  ELLIPTIC,
  /// RSA of 2048 to 4096 bits too: what devices have that are managed over SCEP or EST.
  ELLIPTIC_OR_RSA;

  private static final int SMALLEST_MODULUS = 2048;
  private static final int LARGEST_MODULUS = 4096;
  private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(65537);
  private static final int LARGEST_EXPONENT_BITS = 32;
  private static final Map<ASN1ObjectIdentifier, ASN1ObjectIdentifier> CURVE_OF_SIGNATURE =
      Map.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256, SECObjectIdentifiers.secp256r1,
          X9ObjectIdentifiers.ecdsa_with_SHA384, SECObjectIdentifiers.secp384r1);
  private static final Set<ASN1ObjectIdentifier> RSA_SIGNATURES =
      Set.of(
          PKCSObjectIdentifiers.sha256WithRSAEncryption,
          PKCSObjectIdentifiers.sha384WithRSAEncryption,
          PKCSObjectIdentifiers.sha512WithRSAEncryption);
  private static final Set<ASN1ObjectIdentifier> BROKEN_SIGNATURES =
      Set.of(
          PKCSObjectIdentifiers.md2WithRSAEncryption,
          PKCSObjectIdentifiers.md4WithRSAEncryption,
          PKCSObjectIdentifiers.md5WithRSAEncryption,
          PKCSObjectIdentifiers.sha1WithRSAEncryption,
          X9ObjectIdentifiers.ecdsa_with_SHA1);

  /// The key of a request, if it and the algorithm that proves it count.
  Outcome<PublicKey> keyOf(PKCS10CertificationRequest request) {
    var signature = request.getSignatureAlgorithm();
    if (BROKEN_SIGNATURES.contains(signature.getAlgorithm()))
      return Outcome.refused(PkiRefusal.SIGNATURE_NOT_ACCEPTED);
    var info = request.getSubjectPublicKeyInfo();
    boolean fits =
        switch (this) {
          case ELLIPTIC -> elliptic(info, signature);
          case ELLIPTIC_OR_RSA -> elliptic(info, signature) || rsa(info, signature);
        };
    return fits ? key(info) : Outcome.refused(refusal());
  }

  /// A public key in DER (`SubjectPublicKeyInfo`), if it is one that is accepted for its make and
  /// size.
  public Outcome<PublicKey> keyOf(Bytes info) {
    try {
      return key(SubjectPublicKeyInfo.getInstance(info.toArray()));
    } catch (RuntimeException e) { // the parser throws many kinds on hostile input
      return Outcome.refused(refusal());
    }
  }

  private PkiRefusal refusal() {
    return switch (this) {
      case ELLIPTIC -> PkiRefusal.KEY_NOT_ACCEPTED;
      case ELLIPTIC_OR_RSA -> PkiRefusal.KEY_NOT_ACCEPTED_FOR_MANAGED;
    };
  }

  /// Named curves only, and the one that the signature's algorithm goes with.
  private static boolean elliptic(SubjectPublicKeyInfo info, AlgorithmIdentifier signature) {
    var curve = CURVE_OF_SIGNATURE.get(signature.getAlgorithm());
    return X9ObjectIdentifiers.id_ecPublicKey.equals(info.getAlgorithm().getAlgorithm())
        && curve != null
        && curve.equals(info.getAlgorithm().getParameters());
  }

  private static boolean rsa(SubjectPublicKeyInfo info, AlgorithmIdentifier signature) {
    return PKCSObjectIdentifiers.rsaEncryption.equals(info.getAlgorithm().getAlgorithm())
        && RSA_SIGNATURES.contains(signature.getAlgorithm());
  }

  /// The point must be on its curve; an RSA key must be of a sane size and make.
  private Outcome<PublicKey> key(SubjectPublicKeyInfo info) {
    try {
      boolean rsa = PKCSObjectIdentifiers.rsaEncryption.equals(info.getAlgorithm().getAlgorithm());
      var key =
          KeyFactory.getInstance(rsa ? "RSA" : "EC")
              .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
      boolean sane =
          switch (key) {
            case RSAPublicKey modulus -> this == ELLIPTIC_OR_RSA && sane(modulus, info);
            case ECPublicKey point -> onCurve(point);
            default -> false;
          };
      return sane ? Outcome.done(key) : Outcome.refused(refusal());
    } catch (IOException | InvalidKeySpecException | IllegalArgumentException e) {
      return Outcome.refused(refusal());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has EC and RSA keys", e);
    }
  }

  private static boolean onCurve(ECPublicKey point) {
    return !KeyThumbprint.of(point).toString().isEmpty(); // throws if it is not
  }

  /// The library refuses a modulus that is even, prime or has small factors; sizes and exponent are
  /// ours to judge (NIST SP 800-56B section 6.4).
  private static boolean sane(RSAPublicKey key, SubjectPublicKeyInfo info) throws IOException {
    int bits = key.getModulus().bitLength();
    var exponent = key.getPublicExponent();
    boolean sized =
        bits >= SMALLEST_MODULUS
            && bits <= LARGEST_MODULUS
            && exponent.testBit(0)
            && exponent.compareTo(SMALLEST_EXPONENT) >= 0
            && exponent.bitLength() <= LARGEST_EXPONENT_BITS;
    return sized && !PublicKeyFactory.createKey(info).isPrivate(); // throws if it is ill-made
  }
}
