// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// A message that arrived through a browser and is not believed yet: it says whose it is, and opens
/// only by the keys of that provider.
public final class Incoming {

  private static final int LONGEST_RELAY_STATE = 1024;

  private final Element root;
  private final String issuer;
  private final Optional<String> relayState;
  private final Optional<Detached> detached;
  private final boolean redirected;

  private record Detached(Bytes content, String method, Bytes signature) {}

  private Incoming(
      Element root,
      String issuer,
      Optional<String> relayState,
      Optional<Detached> detached,
      boolean redirected) {
    this.root = root;
    this.issuer = issuer;
    this.relayState = relayState;
    this.detached = detached;
    this.redirected = redirected;
  }

  /// Whether it asks, or answers a question of ours.
  public enum Parameter {
    REQUEST("SAMLRequest"),
    RESPONSE("SAMLResponse");

    private final String label;

    Parameter(String label) {
      this.label = label;
    }

    /// The name of the parameter.
    public String label() {
      return label;
    }
  }

  /// How the sender must have signed.
  public enum Signing {
    /// It may be unsigned unless the provider's metadata promise otherwise; a signature that is
    /// there must hold.
    AS_PROMISED,
    /// It must be signed.
    REQUIRED
  }

  /// A message in a posted form (SAML Bindings section 3.5).
  public static Outcome<Incoming> posted(Map<String, String> form, Parameter parameter) {
    var relayState = Optional.ofNullable(form.get("RelayState"));
    String text = form.getOrDefault(parameter.label(), "").replaceAll("[\r\n]", "");
    return bounded(relayState)
        .then(_ -> decoded(text))
        .then(SafeXml::message)
        .then(document -> settled(document, relayState, Optional.empty(), false));
  }

  /// A message in a query, which must be as it was sent (SAML Bindings section 3.4).
  public static Outcome<Incoming> redirected(String rawQuery, Parameter parameter) {
    try {
      return RedirectQuery.read(rawQuery).then(query -> redirected(query, parameter));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(SamlRefusal.ENCODING);
    }
  }

  private static Outcome<Incoming> redirected(RedirectQuery query, Parameter parameter) {
    var relayState = query.value("RelayState");
    var method = query.value("SigAlg");
    if (query.value("SAMLEncoding").filter(text -> !Uris.DEFLATE.equals(text)).isPresent()
        || method.isPresent() != query.value("Signature").isPresent())
      return Outcome.refused(SamlRefusal.ENCODING);
    return bounded(relayState)
        .then(_ -> signature(query, parameter))
        .then(detached ->
            decoded(query.value(parameter.label()).orElse(""))
                .then(RedirectQuery::inflated)
                .then(bytes -> SafeXml.message(bytes.toArray()))
                .then(document -> settled(document, relayState, detached, true)));
  }

  private static Outcome<Optional<Detached>> signature(RedirectQuery query, Parameter parameter) {
    var method = query.value("SigAlg");
    if (method.isEmpty()) return Outcome.done(Optional.empty());
    return decoded(query.value("Signature").orElse(""))
        .map(signature ->
            Optional.of(
                new Detached(
                    Bytes.of(query.signed(parameter.label())), method.get(), Bytes.of(signature))));
  }

  private static Outcome<Optional<String>> bounded(Optional<String> relayState) {
    return relayState
            .filter(text -> text.getBytes(StandardCharsets.UTF_8).length > LONGEST_RELAY_STATE)
            .isPresent()
        ? Outcome.refused(SamlRefusal.RELAY_STATE)
        : Outcome.done(relayState);
  }

  private static Outcome<byte[]> decoded(String base64) {
    if (base64.isEmpty()) return Outcome.refused(SamlRefusal.ENCODING, "there is no message");
    if (base64.length() > SafeXml.LONGEST_MESSAGE * 2)
      return Outcome.refused(SamlRefusal.TOO_LARGE);
    try {
      return Outcome.done(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(SamlRefusal.ENCODING);
    }
  }

  private static Outcome<Incoming> settled(
      Document document,
      Optional<String> relayState,
      Optional<Detached> detached,
      boolean redirected) {
    var root = document.getDocumentElement();
    var issuer =
        Elements.only(root, Uris.ASSERTION, "Issuer").flatMap(one -> Elements.text(one, 512));
    boolean version = "2.0".equals(root.getAttributeNS(null, "Version"));
    boolean ours = Uris.PROTOCOL.equals(root.getNamespaceURI());
    if (!version || !ours || issuer.isEmpty() || Elements.id(root).isEmpty())
      return Outcome.refused(SamlRefusal.MESSAGE, "no SAML 2.0 message with an issuer and an ID");
    return Outcome.done(new Incoming(root, issuer.get(), relayState, detached, redirected));
  }

  /// Who says to have sent it: for finding the provider, and for nothing else.
  public String issuer() {
    return issuer;
  }

  /// What to bring back unread.
  public Optional<String> relayState() {
    return relayState;
  }

  /// The root of the message, once its signature is what it must be.
  Outcome<Element> opened(ServiceProvider sender, Signing signing) {
    if (!sender.entityId().equals(issuer)) return Outcome.refused(SamlRefusal.PROVIDER);
    if (redirected && MessageSignature.anyIn(root)) return Outcome.refused(SamlRefusal.WRAPPED);
    if (detached.isPresent())
      return MessageSignature.detached(
              detached.get().content().toArray(),
              detached.get().method(),
              detached.get().signature().toArray(),
              sender.certificates())
          .map(_ -> root);
    boolean must = signing == Signing.REQUIRED || sender.requestsSigned();
    if (!redirected && (must || MessageSignature.anyIn(root)))
      return MessageSignature.verify(root, sender.certificates());
    return must ? Outcome.refused(SamlRefusal.UNSIGNED) : Outcome.done(root);
  }

  /// Whether a signature came with it.
  boolean isSigned() {
    return detached.isPresent() || MessageSignature.anyIn(root);
  }
}
