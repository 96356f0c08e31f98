// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.xml.XMLConstants;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// An app that somebody else runs, which signs people in through Vigil by SAML 2.0: it sends the
/// browser with a request and takes an assertion whose signature holds under the key in Vigil's
/// metadata.
public final class SamlApp {

  private static final String DS = "http://www.w3.org/2000/09/xmldsig#";
  private static final String SAML = "urn:oasis:names:tc:SAML:2.0:assertion";
  private static final Pattern POSTED = Pattern.compile("name=\"SAMLResponse\" value=\"([^\"]*)\"");

  private final String entity;
  private final URI signOn;
  private final PublicKey key;
  private int requests;

  /// @param entity the app's own name
  /// @param providerMetadata what Vigil publishes
  public SamlApp(String entity, String providerMetadata) throws IOException {
    var metadata = parse(providerMetadata);
    this.entity = entity;
    this.signOn = URI.create(first(metadata, "*", "SingleSignOnService").getAttribute("Location"));
    var certificate =
        Base64.getMimeDecoder().decode(first(metadata, DS, "X509Certificate").getTextContent());
    try {
      this.key =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate))
              .getPublicKey();
    } catch (CertificateException e) {
      throw new IOException("the provider's certificate cannot be read", e);
    }
  }

  /// The file that the app gives the administrator.
  public String metadata() {
    return """
    <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%1$s">
      <md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
        <md:AssertionConsumerService index="0" Location="%1$s/acs"
          Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"/>
      </md:SPSSODescriptor>
    </md:EntityDescriptor>
    """
        .formatted(entity);
  }

  /// A sign-in under way.
  ///
  /// @param id of the request, which the answer must name
  /// @param page where the browser is to go
  public record Begun(String id, URI page) {}

  /// Makes a request for the redirect binding (SAML Bindings section 3.4).
  public Begun begin(Instant now) throws IOException {
    String id = "_demo" + ++requests;
    String request =
        """
        <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="%s" Version="2.0" IssueInstant="%s" Destination="%s"><saml:Issuer xmlns:saml="%s">%s</saml:Issuer></samlp:AuthnRequest>\
        """
            .formatted(id, now, signOn, SAML, entity);
    var packed = new ByteArrayOutputStream();
    try (var deflater =
        new DeflaterOutputStream(packed, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
      deflater.write(request.getBytes(StandardCharsets.UTF_8));
    }
    String message = Base64.getEncoder().encodeToString(packed.toByteArray());
    return new Begun(
        id,
        URI.create(signOn + "?SAMLRequest=" + URLEncoder.encode(message, StandardCharsets.UTF_8)));
  }

  /// The person's name in the assertion that a page posts; whatever is wrong with it is thrown.
  public String finish(Begun begun, String page) throws IOException {
    var posted = POSTED.matcher(page);
    if (!posted.find()) throw new IOException("no assertion");
    var response =
        parse(new String(Base64.getDecoder().decode(posted.group(1)), StandardCharsets.UTF_8));
    var assertion = first(response, SAML, "Assertion");
    verify(assertion);
    demand(first(response, SAML, "Audience").getTextContent().equals(entity), "the audience");
    var confirmed = first(response, SAML, "SubjectConfirmationData");
    demand(confirmed.getAttribute("InResponseTo").equals(begun.id()), "the request");
    demand(confirmed.getAttribute("Recipient").equals(entity + "/acs"), "the recipient");
    return first(response, SAML, "NameID").getTextContent();
  }

  private static void demand(boolean holds, String what) throws IOException {
    if (!holds) throw new IOException(what + " is another");
  }

  private void verify(Element assertion) throws IOException {
    var signature = (Element) assertion.getElementsByTagNameNS(DS, "Signature").item(0);
    demand(signature != null && assertion.isSameNode(signature.getParentNode()), "what is signed");
    assertion.setIdAttribute("ID", true);
    try {
      var context = new DOMValidateContext(key, signature);
      context.setProperty("org.jcp.xml.dsig.secureValidation", true);
      var unmarshalled = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
      var reference = unmarshalled.getSignedInfo().getReferences().getFirst();
      demand(reference.getURI().equals("#" + assertion.getAttribute("ID")), "what is signed");
      demand(unmarshalled.validate(context), "the signer");
    } catch (MarshalException | XMLSignatureException e) {
      throw new IOException("the signature cannot be read", e);
    }
  }

  private static Element first(Document document, String namespace, String name)
      throws IOException {
    if (document.getElementsByTagNameNS(namespace, name).item(0) instanceof Element found)
      return found;
    throw new IOException("there is no `" + name + "`");
  }

  private static Document parse(String xml) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("that is no SAML", e);
    }
  }
}
