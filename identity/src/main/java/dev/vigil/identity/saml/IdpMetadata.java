// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.w3c.dom.Element;

/// What we publish about ourselves as an identity provider (SAML Metadata section 2.4.3).
///
/// @param entityId our own
/// @param signOn where requests to sign in come
/// @param logout where logout messages come
public record IdpMetadata(String entityId, URI signOn, URI logout) {

  /// The document, unsigned: whoever fetches it over TLS knows from whom it is.
  public String written(List<X509Certificate> certificates) {
    var document = SafeXml.empty();
    var root = document.createElementNS(Uris.METADATA, "md:EntityDescriptor");
    document.appendChild(root);
    root.setAttributeNS(null, "entityID", entityId);
    var role = child(root, "IDPSSODescriptor");
    role.setAttributeNS(null, "protocolSupportEnumeration", Uris.PROTOCOL);
    role.setAttributeNS(null, "WantAuthnRequestsSigned", "false");
    certificates.forEach(one -> key(role, one));
    endpoint(role, "SingleLogoutService", Uris.REDIRECT, logout);
    endpoint(role, "SingleLogoutService", Uris.POST, logout);
    for (var format : NameIdFormat.values())
      child(role, "NameIDFormat").setTextContent(format.uri());
    endpoint(role, "SingleSignOnService", Uris.REDIRECT, signOn);
    endpoint(role, "SingleSignOnService", Uris.POST, signOn);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + SafeXml.written(root) + "\n";
  }

  private static void key(Element role, X509Certificate certificate) {
    var descriptor = child(role, "KeyDescriptor");
    descriptor.setAttributeNS(null, "use", "signing");
    var info = Writing.child(descriptor, Uris.SIGNATURE, "ds:KeyInfo");
    var data = Writing.child(info, Uris.SIGNATURE, "ds:X509Data");
    try {
      Writing.child(data, Uris.SIGNATURE, "ds:X509Certificate")
          .setTextContent(Base64.getEncoder().encodeToString(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of ours cannot be encoded", e);
    }
  }

  private static void endpoint(Element role, String name, String binding, URI location) {
    var one = child(role, name);
    one.setAttributeNS(null, "Binding", binding);
    one.setAttributeNS(null, "Location", location.toString());
  }

  private static Element child(Element parent, String name) {
    return Writing.child(parent, Uris.METADATA, "md:" + name);
  }
}
