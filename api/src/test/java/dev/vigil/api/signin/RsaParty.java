// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.identity.saml.MessageSignature;
import dev.vigil.identity.saml.SamlSigner;
import dev.vigil.kernel.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.w3c.dom.Element;

/// Somebody with an RSA key who signs SAML messages.
final class RsaParty implements SamlSigner {

  private final KeyPair pair;
  private final X509Certificate certificate;

  RsaParty() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      this.pair = generator.generateKeyPair();
      var name = new X500Name("CN=party");
      var from = Instant.parse("2026-01-01T00:00:00Z");
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.ONE,
              Date.from(from),
              Date.from(from.plusSeconds(86_400)),
              name,
              pair.getPublic());
      var signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
      this.certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  String text() {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void sign(Element element) {
    MessageSignature.sign(element, pair.getPrivate(), certificate);
  }

  @Override
  public Bytes sign(Bytes content) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(content.toArray());
      return Bytes.of(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public List<X509Certificate> certificates() {
    return List.of(certificate);
  }
}
