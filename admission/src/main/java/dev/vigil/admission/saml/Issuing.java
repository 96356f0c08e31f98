// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.saml;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.SamlView.SamlSignOn;
import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.saml.Assertions;
import dev.vigil.identity.saml.Assertions.NameId;
import dev.vigil.identity.saml.Assertions.Said;
import dev.vigil.identity.saml.Assertions.To;
import dev.vigil.identity.saml.Assertions.Why;
import dev.vigil.identity.saml.NameIdFormat;
import dev.vigil.identity.saml.Outgoing;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.identity.saml.SamlRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Issues assertions to sessions that were decided on. The sign-in at the provider is durable
/// before its assertion is signed.
final class Issuing {

  /// How long a provider may keep its own session before it must ask again: no message of SAML can
  /// end it without a browser.
  static final Duration SESSION = Duration.ofHours(1);

  private final Changes changes;
  private final Assertions assertions;

  Issuing(Changes changes, Assertions assertions) {
    this.changes = changes;
    this.assertions = assertions;
  }

  /// To whom what is issued.
  ///
  /// @param format that the request asked for; empty for the provider's usual one
  record Order(
      RegisteredProvider provider, To to, Optional<NameIdFormat> format, SessionId session) {}

  private record Draft(Optional<Said> said, Instant now) {}

  /// Issues an assertion, once.
  ///
  /// @param first whether this is the first answer to the request; spends the right to it
  Outcome<Outgoing.Form> issue(
      Order order, Authentication made, String context, Predicate<Work> first) {
    Outcome<Draft> draft =
        changes.commit(
            Actor.SYSTEM,
            work ->
                first.test(work)
                    ? drafted(work, order, made, context)
                    : Outcome.refused(SamlRefusal.REQUEST));
    return draft.map(one ->
        one.said()
            .map(said -> assertions.response(order.to(), said, one.now()))
            .orElseGet(() -> assertions.refusal(order.to(), Why.NO_NAME, one.now())));
  }

  private Outcome<Draft> drafted(Work work, Order order, Authentication made, String context) {
    var session = work.tx().session(order.session()).filter(one -> one.livesAt(work.now()));
    var subject = session.flatMap(one -> work.tx().subject(one.subject())).filter(Subject::active);
    if (session.isEmpty() || subject.isEmpty()) return Outcome.refused(SamlRefusal.REQUEST);
    var signOn = signOn(work, order, session.get(), subject.get());
    if (signOn.isEmpty()) {
      noted(work, order.provider(), Why.NO_NAME);
      return Outcome.done(new Draft(Optional.empty(), work.now()));
    }
    work.tx().saml().put(signOn.get());
    work.note(
        "app-signed-in",
        made.strength().label(),
        Map.of("provider", order.provider().id()),
        session.get().id(),
        subject.get().id(),
        order.provider().app());
    var ends = work.now().plus(SESSION);
    var said =
        new Said(
            signOn.get().nameId(),
            signOn.get().index(),
            made.at(),
            ends.isBefore(session.get().expiresAt()) ? ends : session.get().expiresAt(),
            context,
            attributes(order.provider(), subject.get()));
    return Outcome.done(new Draft(Optional.of(said), work.now()));
  }

  /// The sign-in of this session at the provider: the known one, so that a logout there still finds
  /// it, unless the person is to be named otherwise now.
  private Optional<SamlSignOn> signOn(Work work, Order order, Session session, Subject subject) {
    var provider = order.provider();
    var format = order.format().orElse(provider.format());
    var known =
        work.tx().saml().signOns(session.id()).stream()
            .filter(one -> one.provider().equals(provider.id()))
            .findFirst();
    Optional<NameId> name =
        known
            .map(SamlSignOn::nameId)
            .filter(one -> one.format() == format)
            .or(() -> assertions.name(subject, format, provider.described().entityId()));
    String index = known.map(SamlSignOn::index).orElseGet(assertions::sessionIndex);
    return name.map(one -> new SamlSignOn(session.id(), provider.id(), one, index, work.now()));
  }

  private static Map<String, List<String>> attributes(
      RegisteredProvider provider, Subject subject) {
    var all = new LinkedHashMap<String, List<String>>();
    provider.attributes().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(one ->
            all.put(
                one.getKey(),
                switch (one.getValue()) {
                  case USER_NAME -> List.of(subject.userName());
                  case DISPLAY_NAME -> List.of(subject.displayName());
                  case GROUPS -> subject.groups().stream().sorted().toList();
                }));
    return all;
  }

  /// Tells the provider that nobody is signed in.
  Outgoing.Form refusal(Work work, RegisteredProvider provider, To to, Why why) {
    noted(work, provider, why);
    return assertions.refusal(to, why, work.now());
  }

  private static void noted(Work work, RegisteredProvider provider, Why why) {
    work.note(
        "saml-refused",
        "no assertion was issued",
        Map.of(
            "code",
            "saml." + why.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
            "provider",
            provider.id()),
        provider.app());
  }
}
