// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.w3c.dom.Element;

/// A service provider of tests: its metadata, its key, and whatever it cares to send.
final class Provider implements SamlSigner {

  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  static final URI SSO = URI.create("https://vigil.example/saml/sso");
  static final URI SLO = URI.create("https://vigil.example/saml/slo");
  static final String NAME = "https://app.example/saml";
  static final String ACS = "https://app.example/saml/acs";

  final PrivateKey key;
  final X509Certificate certificate;

  Provider() {
    this("RSA", 2048, "SHA256withRSA");
  }

  Provider(String algorithm, int size, String signature) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      KeyPair pair = generator.generateKeyPair();
      this.key = pair.getPrivate();
      var name = new X500Name("CN=app");
      var end = Date.from(NOW.plusSeconds(86_400));
      var builder =
          new JcaX509v3CertificateBuilder(
              name, BigInteger.ONE, Date.from(NOW), end, name, pair.getPublic());
      var signer = new JcaContentSignerBuilder(signature).build(key);
      this.certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  String certificateText() {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String metadata(String attributes) {
    return """
    <!-- as downloaded -->
    <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">
      <md:SPSSODescriptor %s protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
        <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
          <ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data>
        </ds:KeyInfo></md:KeyDescriptor>
        <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
          Location="https://app.example/saml/slo" ResponseLocation="https://app.example/saml/slo-done"/>
        <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
        <md:AssertionConsumerService index="0" Location="https://app.example/saml/old"
          Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"/>
        <md:AssertionConsumerService index="1" isDefault="true" Location="%s"
          Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"/>
      </md:SPSSODescriptor>
    </md:EntityDescriptor>
    """
        .formatted(NAME, attributes, certificateText(), ACS);
  }

  ServiceProvider described(String attributes) {
    var read = SpMetadata.read(bytes(metadata(attributes)));
    if (read instanceof Outcome.Done<ServiceProvider>(ServiceProvider one)) return one;
    throw new AssertionError(read.toString());
  }

  static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A plain request to sign in.
  static String request() {
    return """
    <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"\
     xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_request1" Version="2.0"\
     IssueInstant="2026-11-22T11:59:30Z" Destination="https://vigil.example/saml/sso"\
    ><saml:Issuer>https://app.example/saml</saml:Issuer\
    ><samlp:NameIDPolicy AllowCreate="true"/></samlp:AuthnRequest>\
    """;
  }

  static String logout() {
    return """
    <samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"\
     xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_logout1" Version="2.0"\
     IssueInstant="2026-11-22T11:59:30Z" Destination="https://vigil.example/saml/slo"\
    ><saml:Issuer>https://app.example/saml</saml:Issuer\
    ><saml:NameID>alice@bank.example</saml:NameID\
    ><samlp:SessionIndex>_index1</samlp:SessionIndex></samlp:LogoutRequest>\
    """;
  }

  /// The message with an enveloped signature by this provider's key.
  String signed(String message) {
    var document = SafeXml.metadata(message.getBytes(StandardCharsets.UTF_8));
    if (!(document instanceof Outcome.Done<org.w3c.dom.Document>(var read)))
      throw new AssertionError(document.toString());
    MessageSignature.sign(read.getDocumentElement(), key, certificate);
    return SafeXml.written(read.getDocumentElement());
  }

  static Map<String, String> form(String message) {
    return Map.of(
        "SAMLRequest",
        Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)),
        "RelayState",
        "/inbox?a=b");
  }

  /// The query of a redirect, signed with this algorithm's name over its own name.
  String query(String message) {
    return RedirectQuery.of("SAMLRequest", message, java.util.Optional.of("/inbox?a=b"), this);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void sign(Element element) {
    MessageSignature.sign(element, key, certificate);
  }

  @Override
  public Bytes sign(Bytes content) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
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
