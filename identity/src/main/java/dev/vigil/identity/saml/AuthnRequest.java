// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.saml;

import dev.vigil.identity.saml.ServiceProvider.Consumer;
import dev.vigil.kernel.Outcome;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/// What a provider asks for when it sends a browser here (SAML Core section 3.4.1).
///
/// @param id to be named in the response, and taken once
/// @param consumer where the response goes; always one of the metadata's
/// @param format how the person is to be named; empty if any way will do
/// @param context what the authentication must be; empty if any will do
public record AuthnRequest(
    String id,
    String issuer,
    URI consumer,
    Optional<NameIdFormat> format,
    Set<Wish> wishes,
    Optional<AuthnContext.Asked> context) {

  public AuthnRequest {
    wishes = Set.copyOf(wishes);
  }

  /// How the sign-in is to go.
  public enum Wish {
    /// The person authenticates anew.
    FORCE,
    /// Nothing is shown to the person.
    PASSIVE
  }

  /// Reads and checks a request of this provider.
  public static Outcome<AuthnRequest> read(
      Incoming message, ServiceProvider sender, Received received) {
    return message
        .opened(sender, Incoming.Signing.AS_PROMISED)
        .then(root -> received.check(message, root, "AuthnRequest"))
        .then(root -> read(root, sender));
  }

  private static Outcome<AuthnRequest> read(Element root, ServiceProvider sender) {
    if (!Elements.children(root, Uris.ASSERTION, "Subject").isEmpty()
        || !Elements.children(root, Uris.ASSERTION, "Conditions").isEmpty())
      return Outcome.refused(SamlRefusal.MESSAGE, "it asks for a person or for conditions");
    var binding = Elements.attribute(root, "ProtocolBinding");
    if (binding.filter(text -> !Uris.POST.equals(text)).isPresent())
      return Outcome.refused(SamlRefusal.ACS, "responses are posted only");
    return consumer(root, sender)
        .then(consumer ->
            format(root, sender)
                .then(format ->
                    AuthnContext.asked(root)
                        .map(context ->
                            new AuthnRequest(
                                Elements.id(root).orElseThrow(),
                                sender.entityId(),
                                consumer,
                                format,
                                wishes(root),
                                context))));
  }

  private static Outcome<URI> consumer(Element root, ServiceProvider sender) {
    var address = Elements.attribute(root, "AssertionConsumerServiceURL");
    var index = Elements.attribute(root, "AssertionConsumerServiceIndex");
    if (address.isPresent() && index.isPresent()) return Outcome.refused(SamlRefusal.ACS);
    if (address.isEmpty() && index.isEmpty())
      return Outcome.done(sender.defaultConsumer().location());
    return sender.consumers().stream()
        .filter(one -> address.map(one.location().toString()::equals).orElse(true))
        .filter(one -> index.map(Integer.toString(one.index())::equals).orElse(true))
        .findFirst()
        .map(Consumer::location)
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(SamlRefusal.ACS));
  }

  private static Outcome<Optional<NameIdFormat>> format(Element root, ServiceProvider sender) {
    var policies = Elements.children(root, Uris.PROTOCOL, "NameIDPolicy");
    if (policies.size() > 1) return Outcome.refused(SamlRefusal.MESSAGE);
    var uri =
        policies.stream().flatMap(one -> Elements.attribute(one, "Format").stream()).findFirst();
    var other =
        policies.stream()
            .flatMap(one -> Elements.attribute(one, "SPNameQualifier").stream())
            .anyMatch(name -> !name.isEmpty() && !name.equals(sender.entityId()));
    var format = uri.flatMap(NameIdFormat::of);
    if (other || (uri.isPresent() && format.isEmpty())) return Outcome.refused(SamlRefusal.NAME_ID);
    return Outcome.done(format.filter(one -> one != NameIdFormat.UNSPECIFIED));
  }

  private static Set<Wish> wishes(Element root) {
    boolean force = Elements.isTrue(root, "ForceAuthn");
    boolean passive = Elements.isTrue(root, "IsPassive");
    if (force && passive) return Set.of(Wish.FORCE, Wish.PASSIVE);
    if (force) return Set.of(Wish.FORCE);
    return passive ? Set.of(Wish.PASSIVE) : Set.of();
  }
}
