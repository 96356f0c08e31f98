// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Outcome;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// The enveloped signature of a message (SAML Core section 5.4). What is verified is always the
/// document's own root, and whoever reads the message reads from that root: there is nothing for a
/// wrapped copy to stand in. Keys come from metadata; what a message says of its key is not read.
public final class MessageSignature {

  private static final Set<String> DIGESTS =
      Set.of(
          DigestMethod.SHA256,
          "http://www.w3.org/2001/04/xmldsig-more#sha384",
          DigestMethod.SHA512);
  private static final Set<String> CANONICAL =
      Set.of(CanonicalizationMethod.EXCLUSIVE, CanonicalizationMethod.INCLUSIVE);

  /// The methods that are accepted, with the platform's names for them over plain content.
  private static final Map<String, String> METHODS =
      Map.of(
          Uris.RSA_SHA256,
          "SHA256withRSA",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
          "SHA384withRSA",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
          "SHA512withRSA",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
          "SHA256withECDSAinP1363Format",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
          "SHA384withECDSAinP1363Format",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
          "SHA512withECDSAinP1363Format");

  private static final XMLSignatureFactory FACTORY = XMLSignatureFactory.getInstance("DOM");

  private MessageSignature() {}

  /// Whether any signature stands anywhere in the document.
  static boolean anyIn(Element root) {
    return Elements.all(root).stream()
        .anyMatch(one -> Uris.SIGNATURE.equals(one.getNamespaceURI()));
  }

  /// The root itself, if one of these keys signed it whole.
  static Outcome<Element> verify(Element root, List<X509Certificate> trusted) {
    return found(root)
        .then(signature -> shaped(root, signature))
        .then(signature ->
            trusted.stream().anyMatch(one -> by(root, signature, one.getPublicKey()))
                ? Outcome.done(root)
                : Outcome.refused(SamlRefusal.SIGNATURE));
  }

  /// The only signature of the document, a child of its root.
  private static Outcome<Element> found(Element root) {
    var all =
        Elements.all(root).stream()
            .filter(one -> Elements.is(one, Uris.SIGNATURE, "Signature"))
            .toList();
    if (all.isEmpty()) return Outcome.refused(SamlRefusal.UNSIGNED);
    boolean own = all.size() == 1 && root.isSameNode(all.getFirst().getParentNode());
    return own ? Outcome.done(all.getFirst()) : Outcome.refused(SamlRefusal.WRAPPED);
  }

  /// One reference, to the root by its ID, which nothing else has; only the transforms that SAML
  /// Core section 5.4.4 allows; nothing carried along.
  private static Outcome<Element> shaped(Element root, Element signature) {
    var info = Elements.only(signature, Uris.SIGNATURE, "SignedInfo");
    var reference = info.flatMap(one -> Elements.only(one, Uris.SIGNATURE, "Reference"));
    var id = Elements.id(root);
    if (info.isEmpty() || reference.isEmpty() || id.isEmpty())
      return Outcome.refused(SamlRefusal.WRAPPED);
    boolean carries = !Elements.children(signature, Uris.SIGNATURE, "Object").isEmpty();
    boolean other = !("#" + id.get()).equals(reference.get().getAttributeNS(null, "URI"));
    if (carries || other || !unique(root, id.get())) return Outcome.refused(SamlRefusal.WRAPPED);
    return transforms(reference.get()) && algorithms(info.get(), reference.get())
        ? Outcome.done(signature)
        : Outcome.refused(SamlRefusal.ALGORITHM);
  }

  private static boolean unique(Element root, String id) {
    return Elements.all(root).stream().filter(one -> hasAttribute(one, id)).limit(2).count() == 1;
  }

  /// Any attribute at all counts: who knows what another reader takes for an ID.
  private static boolean hasAttribute(Element element, String id) {
    var attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      var one = attributes.item(i);
      if (one.getNodeValue().equals(id)) return true;
    }
    return false;
  }

  private static boolean transforms(Element reference) {
    var all =
        Elements.children(reference, Uris.SIGNATURE, "Transforms").stream()
            .flatMap(one -> Elements.children(one, Uris.SIGNATURE, "Transform").stream())
            .map(one -> one.getAttributeNS(null, "Algorithm"))
            .toList();
    return (all.size() == 1 || all.size() == 2)
        && Transform.ENVELOPED.equals(all.getFirst())
        && (all.size() == 1 || CANONICAL.contains(all.getLast()));
  }

  private static boolean algorithms(Element info, Element reference) {
    return CANONICAL.contains(algorithm(info, "CanonicalizationMethod"))
        && METHODS.containsKey(algorithm(info, "SignatureMethod"))
        && DIGESTS.contains(algorithm(reference, "DigestMethod"));
  }

  private static String algorithm(Element parent, String name) {
    return Elements.only(parent, Uris.SIGNATURE, name)
        .map(one -> one.getAttributeNS(null, "Algorithm"))
        .orElse("");
  }

  private static boolean by(Element root, Element signature, PublicKey key) {
    try {
      var context = new DOMValidateContext(KeySelector.singletonKeySelector(key), signature);
      context.setProperty("org.jcp.xml.dsig.secureValidation", true);
      context.setIdAttributeNS(root, null, "ID");
      return FACTORY.unmarshalXMLSignature(context).validate(context);
    } catch (MarshalException | XMLSignatureException e) {
      return false;
    }
  }

  /// Whether one of these keys signed the content of a redirect (SAML Bindings section 3.4.4.1).
  static Outcome<Boolean> detached(
      byte[] content, String method, byte[] signature, List<X509Certificate> trusted) {
    var algorithm = METHODS.get(method);
    if (algorithm == null) return Outcome.refused(SamlRefusal.ALGORITHM);
    boolean by =
        trusted.stream().anyMatch(one -> by(content, algorithm, signature, one.getPublicKey()));
    return by ? Outcome.done(true) : Outcome.refused(SamlRefusal.SIGNATURE);
  }

  private static boolean by(byte[] content, String algorithm, byte[] signature, PublicKey key) {
    try {
      var verifier = java.security.Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(content);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// Puts an enveloped signature by this RSA key right after the element's issuer.
  public static void sign(Element element, PrivateKey key, X509Certificate certificate) {
    try {
      var exclusive = (C14NMethodParameterSpec) null;
      var transforms =
          List.of(
              FACTORY.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
              FACTORY.newTransform(CanonicalizationMethod.EXCLUSIVE, exclusive));
      Reference reference =
          FACTORY.newReference(
              "#" + element.getAttributeNS(null, "ID"),
              FACTORY.newDigestMethod(DigestMethod.SHA256, null),
              transforms,
              null,
              null);
      var info =
          FACTORY.newSignedInfo(
              FACTORY.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, exclusive),
              FACTORY.newSignatureMethod(Uris.RSA_SHA256, null),
              List.of(reference));
      var keys = FACTORY.getKeyInfoFactory();
      var shown = keys.newKeyInfo(List.of(keys.newX509Data(List.of(certificate))));
      var context = new DOMSignContext(key, element, afterIssuer(element));
      context.setDefaultNamespacePrefix("ds");
      context.setIdAttributeNS(element, null, "ID");
      XMLSignature signature = FACTORY.newXMLSignature(info, shown);
      signature.sign(context);
      Elements.only(element, Uris.SIGNATURE, "Signature").ifPresent(MessageSignature::unbroken);
    } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
      throw new IllegalStateException("a message of ours cannot be signed", e);
    }
  }

  private static Node afterIssuer(Element element) {
    var issuer =
        Elements.only(element, Uris.ASSERTION, "Issuer")
            .orElseThrow(() -> new IllegalArgumentException("what is signed has an issuer"));
    var next = issuer.getNextSibling();
    if (next == null) throw new IllegalArgumentException("what is signed is more than an issuer");
    return next;
  }

  /// The platform breaks long base64 into lines that end in a carriage return, which XML then
  /// writes out as a reference that some readers stumble over.
  private static void unbroken(Element signature) {
    for (var one : Elements.all(signature))
      if (Elements.is(one, Uris.SIGNATURE, "SignatureValue")
          || Elements.is(one, Uris.SIGNATURE, "X509Certificate"))
        one.setTextContent(one.getTextContent().replaceAll("\\s", ""));
  }
}
