// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.acme;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.text.ParseException;
import java.util.Set;

/// The public key of an account, or of a certificate: on P-256 or P-384, or RSA of 2048 to 4096
/// bits. Two are equal if they are the same key.
///
/// @param thumbprint RFC 7638
/// @param jwk the key alone, as JSON
public record AccountKey(Sha256 thumbprint, String jwk) {

  private static final int SMALLEST_RSA = 2048;
  private static final int LARGEST_RSA = 4096;
  private static final int EXPONENT_BITS = 32;
  private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384);

  static Outcome<AccountKey> of(JWK key) {
    if (key.isPrivate() || !accepted(key)) return Outcome.refused(AcmeRefusal.KEY);
    try {
      var bare =
          switch (key) {
            case ECKey ec -> new ECKey.Builder(ec.getCurve(), ec.getX(), ec.getY()).build();
            case RSAKey rsa ->
                new RSAKey.Builder(rsa.getModulus(), rsa.getPublicExponent()).build();
            default -> throw new IllegalStateException("refused above");
          };
      return Outcome.done(
          new AccountKey(Sha256.ofDigest(bare.computeThumbprint().decode()), bare.toJSONString()));
    } catch (JOSEException | IllegalStateException e) { // a point that is on no curve
      return Outcome.refused(AcmeRefusal.KEY);
    }
  }

  private static boolean accepted(JWK key) {
    return switch (key) {
      case ECKey ec -> CURVES.contains(ec.getCurve());
      case RSAKey rsa ->
          rsa.size() >= SMALLEST_RSA
              && rsa.size() <= LARGEST_RSA
              && rsa.getPublicExponent().decodeToBigInteger().bitLength() <= EXPONENT_BITS;
      default -> false;
    };
  }

  /// The token and the thumbprint (RFC 8555 section 8.1).
  public String authorize(String token) {
    return token + "." + thumbprint;
  }

  Outcome<AccountKey> verify(JWSObject signed) {
    try {
      var algorithm = signed.getHeader().getAlgorithm();
      boolean verified =
          switch (JWK.parse(jwk)) {
            case ECKey ec -> {
              var verifier = new ECDSAVerifier(ec);
              yield verifier.supportedJWSAlgorithms().contains(algorithm)
                  && signed.verify(verifier);
            }
            case RSAKey rsa ->
                algorithm.equals(JWSAlgorithm.RS256) && signed.verify(new RSASSAVerifier(rsa));
            default -> false;
          };
      return verified ? Outcome.done(this) : Outcome.refused(AcmeRefusal.SIGNATURE);
    } catch (JOSEException | ParseException e) {
      return Outcome.refused(AcmeRefusal.SIGNATURE);
    }
  }
}
