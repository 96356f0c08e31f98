// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.xml.XMLConstants;
import org.w3c.dom.Element;

/// What every message of ours is made of.
final class Writing {

  private Writing() {}

  /// A fresh `xs:ID`.
  static String id(Entropy entropy) {
    return "_" + HexFormat.of().formatHex(entropy.bytes(20));
  }

  static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// The root of a message.
  static Element message(String name, String id, Instant now, URI destination, String issuer) {
    var document = SafeXml.empty();
    var root = document.createElementNS(Uris.PROTOCOL, "samlp:" + name);
    document.appendChild(root);
    // Said outright: a signature is over the declarations that stand in the tree.
    root.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:samlp", Uris.PROTOCOL);
    root.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:saml", Uris.ASSERTION);
    root.setAttributeNS(null, "ID", id);
    root.setAttributeNS(null, "Version", "2.0");
    root.setAttributeNS(null, "IssueInstant", time(now));
    root.setAttributeNS(null, "Destination", destination.toString());
    saml(root, "Issuer").setTextContent(issuer);
    return root;
  }

  /// A new last child of the assertion namespace.
  static Element saml(Element parent, String name) {
    return child(parent, Uris.ASSERTION, "saml:" + name);
  }

  /// A new last child of the protocol namespace.
  static Element samlp(Element parent, String name) {
    return child(parent, Uris.PROTOCOL, "samlp:" + name);
  }

  static Element child(Element parent, String namespace, String name) {
    var child = parent.getOwnerDocument().createElementNS(namespace, name);
    parent.appendChild(child);
    return child;
  }

  /// A status, with a second code where the first does not say it.
  static void status(Element response, String code, Optional<String> second) {
    var first = samlp(samlp(response, "Status"), "StatusCode");
    first.setAttributeNS(null, "Value", Uris.STATUS + code);
    second.ifPresent(
        more -> samlp(first, "StatusCode").setAttributeNS(null, "Value", Uris.STATUS + more));
  }

  static Outgoing.Form form(
      URI to, String parameter, Element message, Optional<String> relayState) {
    var bytes = SafeXml.written(message).getBytes(StandardCharsets.UTF_8);
    return new Outgoing.Form(to, parameter, Base64.getEncoder().encodeToString(bytes), relayState);
  }

  static Outgoing.Redirect redirect(
      URI to, String parameter, Element message, Optional<String> relayState, SamlSigner signer) {
    String query = RedirectQuery.of(parameter, SafeXml.written(message), relayState, signer);
    return new Outgoing.Redirect(URI.create(to + (to.getRawQuery() == null ? "?" : "&") + query));
  }

  /// An opaque name of a person that no two providers share.
  static String pairwise(String subject, String provider) {
    return Sha256.of(
            ("saml persistent name\n" + subject + "\n" + provider).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  static String random(Entropy entropy) {
    return Bytes.of(entropy.bytes(24)).toString();
  }
}
