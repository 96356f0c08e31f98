// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.identity.saml.ServiceProvider.Consumer;
import dev.vigil.identity.saml.ServiceProvider.Logout;
import dev.vigil.identity.saml.ServiceProvider.LogoutBinding;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Reads the metadata of one service provider (SAML Metadata section 2.4.4). An administrator hands
/// them over, so a signature on the file is not asked for and not verified.
public final class SpMetadata {

  private static final int LONGEST_NAME = 512;
  private static final int LONGEST_CERTIFICATE = 16 * 1024;
  private static final int MOST = 32;
  private static final int WEAKEST_RSA = 2048;

  private SpMetadata() {}

  /// The provider that this file describes.
  public static Outcome<ServiceProvider> read(Bytes file) {
    return SafeXml.metadata(file.toArray()).then(SpMetadata::provider);
  }

  private static Outcome<ServiceProvider> provider(Document document) {
    var root = document.getDocumentElement();
    if (!Elements.is(root, Uris.METADATA, "EntityDescriptor"))
      return refused("its root is no `EntityDescriptor`");
    var name =
        Elements.attribute(root, "entityID")
            .filter(text -> text.length() <= LONGEST_NAME && visible(text));
    var role =
        Elements.children(root, Uris.METADATA, "SPSSODescriptor").stream()
            .filter(SpMetadata::isSaml2)
            .toList();
    if (name.isEmpty()) return refused("`entityID` is missing or has another form");
    if (role.size() != 1) return refused("there is not one `SPSSODescriptor` for SAML 2.0");
    return provider(name.get(), role.getFirst());
  }

  private static boolean visible(String text) {
    return !text.isEmpty() && text.chars().allMatch(one -> one > 0x20 && one != 0x7f);
  }

  private static boolean isSaml2(Element role) {
    return Elements.attribute(role, "protocolSupportEnumeration")
        .filter(text -> Set.of(text.split(" ", -1)).contains(Uris.PROTOCOL))
        .isPresent();
  }

  private static Outcome<ServiceProvider> provider(String name, Element role) {
    return consumers(role)
        .then(consumers ->
            logout(role)
                .then(logout ->
                    certificates(role)
                        .then(keys -> provider(name, role, consumers, logout, keys))));
  }

  private static Outcome<ServiceProvider> provider(
      String name,
      Element role,
      List<Consumer> consumers,
      Optional<Logout> logout,
      List<X509Certificate> keys) {
    boolean signed = Elements.isTrue(role, "AuthnRequestsSigned");
    if (signed && keys.isEmpty())
      return refused("it signs its requests, but shows no certificate for that");
    var formats =
        Elements.children(role, Uris.METADATA, "NameIDFormat").stream()
            .flatMap(one -> Elements.text(one, LONGEST_NAME).stream())
            .flatMap(text -> NameIdFormat.of(text).stream())
            .toList();
    return Outcome.done(new ServiceProvider(name, consumers, logout, keys, formats, signed));
  }

  private static Outcome<List<Consumer>> consumers(Element role) {
    var all = new ArrayList<Consumer>();
    for (var one : Elements.children(role, Uris.METADATA, "AssertionConsumerService")) {
      if (!Uris.POST.equals(one.getAttributeNS(null, "Binding"))) continue;
      var index = Elements.attribute(one, "index").filter(text -> text.matches("[0-9]{1,5}"));
      var location = location(one, "Location");
      if (index.isEmpty() || location.isEmpty())
        return refused(
            "an `AssertionConsumerService` has no index, or an address that is not taken");
      boolean marked = Elements.isTrue(one, "isDefault");
      all.add(new Consumer(Integer.parseInt(index.get()), location.get(), marked));
    }
    if (all.isEmpty() || all.size() > MOST)
      return refused("there is no `AssertionConsumerService` for HTTP-POST, or too many");
    return Outcome.done(List.copyOf(all));
  }

  /// The first logout service of a binding that we speak.
  private static Outcome<Optional<Logout>> logout(Element role) {
    for (var one : Elements.children(role, Uris.METADATA, "SingleLogoutService")) {
      var binding =
          switch (one.getAttributeNS(null, "Binding")) {
            case Uris.REDIRECT -> Optional.of(LogoutBinding.REDIRECT);
            case Uris.POST -> Optional.of(LogoutBinding.POST);
            default -> Optional.<LogoutBinding>empty();
          };
      if (binding.isEmpty()) continue;
      var location = location(one, "Location");
      var response =
          one.hasAttributeNS(null, "ResponseLocation")
              ? location(one, "ResponseLocation")
              : location;
      if (location.isEmpty() || response.isEmpty())
        return refused("a `SingleLogoutService` has an address that is not taken");
      return Outcome.done(Optional.of(new Logout(binding.get(), location.get(), response.get())));
    }
    return Outcome.done(Optional.empty());
  }

  /// An address over HTTPS, or on this very machine.
  private static Optional<URI> location(Element element, String name) {
    try {
      var uri = new URI(element.getAttributeNS(null, name));
      boolean local =
          Set.of("127.0.0.1", "[::1]", "localhost").contains(String.valueOf(uri.getHost()));
      boolean safe = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && local);
      boolean plain =
          uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null;
      return safe && plain && uri.toString().length() <= LONGEST_NAME
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Outcome<List<X509Certificate>> certificates(Element role) {
    var texts =
        Elements.children(role, Uris.METADATA, "KeyDescriptor").stream()
            .filter(one -> !"encryption".equals(one.getAttributeNS(null, "use")))
            .flatMap(one -> Elements.children(one, Uris.SIGNATURE, "KeyInfo").stream())
            .flatMap(one -> Elements.children(one, Uris.SIGNATURE, "X509Data").stream())
            .flatMap(one -> Elements.children(one, Uris.SIGNATURE, "X509Certificate").stream())
            .map(one -> Elements.text(one, LONGEST_CERTIFICATE).orElse(""))
            .toList();
    if (texts.size() > MOST) return refused("there are too many certificates");
    var all = new ArrayList<X509Certificate>();
    for (String text : texts) {
      var one = certificate(text);
      if (one.filter(SpMetadata::strong).isEmpty())
        return refused("a certificate cannot be read, or its key is weaker than RSA of 2048 bits");
      all.add(one.get());
    }
    return Outcome.done(List.copyOf(all));
  }

  private static Optional<X509Certificate> certificate(String text) {
    try {
      var der = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
      var read =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
      return read instanceof X509Certificate one ? Optional.of(one) : Optional.empty();
    } catch (CertificateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean strong(X509Certificate certificate) {
    return switch (certificate.getPublicKey()) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= WEAKEST_RSA;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= 256;
      default -> false;
    };
  }

  private static <T> Outcome<T> refused(String detail) {
    return Outcome.refused(SamlRefusal.METADATA, detail);
  }
}
