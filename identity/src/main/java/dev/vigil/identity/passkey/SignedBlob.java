// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.util.X509CertUtils;
import dev.vigil.kernel.Outcome;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A metadata blob whose signature holds: only then is its payload read.
///
/// @param payload the JSON that was signed
record SignedBlob(Map<String, Object> payload) {

  private static final int LONGEST = 32 * 1024 * 1024;
  private static final int DNS_NAME = 2;

  /// The algorithms that metadata are signed with; everything else is refused.
  private static final List<JWSAlgorithm> ALGORITHMS =
      List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  static Outcome<SignedBlob> verify(String blob, Models.Signer signer, Instant at) {
    if (blob.length() > LONGEST) return Outcome.refused(MetadataRefusal.UNREADABLE);
    try {
      var jws = JWSObject.parse(blob.strip());
      var chain = chain(jws);
      if (chain.isEmpty()) return Outcome.refused(MetadataRefusal.UNREADABLE);
      if (!Chains.leadsTo(chain, List.of(signer.root()), at))
        return Outcome.refused(MetadataRefusal.CHAIN);
      if (!names(chain.getFirst(), signer.name())) return Outcome.refused(MetadataRefusal.SIGNER);
      if (!signed(jws, chain.getFirst())) return Outcome.refused(MetadataRefusal.SIGNATURE);
      var payload = jws.getPayload().toJSONObject();
      return payload == null
          ? Outcome.refused(MetadataRefusal.UNREADABLE)
          : Outcome.done(new SignedBlob(payload));
    } catch (ParseException e) {
      return Outcome.refused(MetadataRefusal.UNREADABLE);
    } catch (JOSEException e) {
      return Outcome.refused(MetadataRefusal.SIGNATURE);
    }
  }

  private static List<X509Certificate> chain(JWSObject jws) throws ParseException {
    var chain = new ArrayList<X509Certificate>();
    var encoded = jws.getHeader().getX509CertChain();
    if (encoded == null) return List.of();
    for (var one : encoded) {
      var certificate = X509CertUtils.parse(one.decode());
      if (certificate == null) throw new ParseException("not a certificate", 0);
      chain.add(certificate);
    }
    return chain;
  }

  /// Section 3.2 step 4: the root vouches for many, so the signer must be the one expected.
  private static boolean names(X509Certificate leaf, String name) {
    try {
      return Optional.ofNullable(leaf.getSubjectAlternativeNames()).stream()
          .flatMap(Collection::stream)
          .anyMatch(one ->
              Integer.valueOf(DNS_NAME).equals(one.getFirst()) && name.equals(one.getLast()));
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static boolean signed(JWSObject jws, X509Certificate leaf) throws JOSEException {
    if (!ALGORITHMS.contains(jws.getHeader().getAlgorithm())) return false;
    return jws.verify(
        new DefaultJWSVerifierFactory().createJWSVerifier(jws.getHeader(), leaf.getPublicKey()));
  }
}
