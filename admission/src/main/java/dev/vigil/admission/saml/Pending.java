// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.saml;

import dev.vigil.identity.saml.Assertions.To;
import dev.vigil.identity.saml.AuthnContext;
import dev.vigil.identity.saml.AuthnRequest;
import dev.vigil.identity.saml.NameIdFormat;
import dev.vigil.identity.saml.RegisteredProvider;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A sign-on under way in a browser, as it is kept. Empty texts stand for what was not said.
///
/// @param request the ID of the provider's request
/// @param at when it began
record Pending(
    String provider,
    String request,
    String consumer,
    String relayState,
    String nameFormat,
    List<String> classes,
    boolean exact,
    boolean force,
    boolean passive,
    String at) {

  Pending {
    classes = List.copyOf(classes);
  }

  static Pending of(String provider, AuthnRequest request, String relayState, String at) {
    return new Pending(
        provider,
        request.id(),
        request.consumer().toString(),
        relayState,
        request.format().map(NameIdFormat::name).orElse(""),
        request.context().map(AuthnContext.Asked::classes).orElse(List.of()),
        request.context().map(AuthnContext.Asked::exact).orElse(false),
        request.wishes().contains(AuthnRequest.Wish.FORCE),
        request.wishes().contains(AuthnRequest.Wish.PASSIVE),
        at);
  }

  /// Whether the provider, which may have been changed meanwhile, still takes answers there.
  boolean stillFits(RegisteredProvider one) {
    return one.described().consumers().stream()
        .anyMatch(service -> service.location().toString().equals(consumer));
  }

  To to(String entity) {
    return new To(
        entity,
        URI.create(consumer),
        Optional.of(request).filter(text -> !text.isEmpty()),
        Optional.of(relayState).filter(text -> !text.isEmpty()));
  }

  Optional<NameIdFormat> format() {
    return Optional.of(nameFormat).filter(text -> !text.isEmpty()).map(NameIdFormat::valueOf);
  }

  Optional<AuthnContext.Asked> context() {
    return classes.isEmpty()
        ? Optional.empty()
        : Optional.of(new AuthnContext.Asked(classes, exact));
  }

  Instant began() {
    return Instant.parse(at);
  }
}
