// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.saml;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Ending;
import dev.vigil.admission.SamlView.SamlSignOn;
import dev.vigil.admission.Work;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.identity.Session;
import dev.vigil.identity.saml.Assertions.NameId;
import dev.vigil.identity.saml.Incoming;
import dev.vigil.identity.saml.LogoutRequest;
import dev.vigil.identity.saml.LogoutResponse;
import dev.vigil.identity.saml.Logouts;
import dev.vigil.identity.saml.NameIdFormat;
import dev.vigil.identity.saml.Outgoing;
import dev.vigil.identity.saml.Received;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.identity.saml.SamlRefusal;
import dev.vigil.identity.saml.ServiceProvider;
import dev.vigil.kernel.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Ends sessions that were used at providers, and takes the browser round to tell the others, one
/// by one (SAML Profiles section 4.4). Our own session is over before anybody is told; a provider
/// that does not send the browser back keeps the rest from being told.
public final class SingleLogout {

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final String KIND = "logout";
  private static final String BEGUN = "logout begun";

  private final Changes changes;
  private final Logouts logouts;
  private final URI endpoint;

  /// @param endpoint where logout messages come
  public SingleLogout(Changes changes, Logouts logouts, URI endpoint) {
    this.changes = changes;
    this.logouts = logouts;
    this.endpoint = endpoint;
  }

  /// What comes next for the browser.
  public sealed interface Next {

    /// To a provider.
    record Sent(Outgoing message) implements Next {}

    /// Nobody is left to be told.
    record Over(Logouts.Result result) implements Next {}
  }

  /// Who must still be told, as it is kept. Empty texts stand for nobody.
  ///
  /// @param initiator the provider that asked, by its `request`
  /// @param awaited the provider that was sent the request `awaitedId`
  record Round(
      String initiator,
      String request,
      String relayState,
      List<Told> left,
      String awaited,
      String awaitedId,
      boolean partial) {
    Round {
      left = List.copyOf(left);
    }
  }

  /// One sign-in to be ended.
  record Told(String provider, String format, String nameId, String index) {
    static Told of(SamlSignOn one) {
      return new Told(
          one.provider(), one.nameId().format().name(), one.nameId().value(), one.index());
    }
  }

  /// A provider's request: the sessions it names end, here and everywhere.
  public Outcome<Next> requested(Outcome<Incoming> message) {
    return noted(message, this::requested);
  }

  private Outcome<Next> requested(Work work, Incoming message) {
    return Messages.sender(work, message)
        .then(sender ->
            LogoutRequest.read(message, sender.described(), new Received(endpoint, work.now()))
                .then(request ->
                    Messages.once(work, sender, request.id())
                        .then(_ -> answerable(sender))
                        .map(_ -> {
                          var left = ended(work, sender, request);
                          var relayState = message.relayState().orElse("");
                          return next(
                              work,
                              new Round(
                                  sender.id(), request.id(), relayState, left, "", "", false));
                        })));
  }

  private static Outcome<ServiceProvider.Logout> answerable(RegisteredProvider sender) {
    return sender
        .described()
        .logout()
        .map(Outcome::done)
        .orElseGet(
            () -> Outcome.refused(SamlRefusal.LOGOUT, "its metadata name no logout service"));
  }

  /// Ends what the request names; nobody of that name is nothing to end.
  private static List<Told> ended(Work work, RegisteredProvider sender, LogoutRequest request) {
    return work.tx().saml().signOns(sender.id(), request.nameId()).stream()
        .filter(one ->
            request.sessionIndexes().isEmpty() || request.sessionIndexes().contains(one.index()))
        .flatMap(one -> work.tx().session(one.session()).stream())
        .filter(session -> session.livesAt(work.now()))
        .flatMap(session -> ended(work, session, sender.id(), "signed out at " + sender.name()))
        .toList();
  }

  private static java.util.stream.Stream<Told> ended(
      Work work, Session session, String except, String cause) {
    Ending.end(work, session, cause);
    return work.tx().saml().signOns(session.id()).stream()
        .filter(one -> !one.provider().equals(except))
        .map(Told::of);
  }

  /// The person signs out here: the browser's session ends now. The answer is a handle with which
  /// the browser goes round; empty if no provider is to be told.
  public Optional<String> begin(BrowserSessions.Live live) {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          var session = work.tx().session(live.session().id()).orElse(live.session());
          var left = ended(work, session, "", "signed out").toList();
          return left.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  Messages.keep(work, BEGUN, new Round("", "", "", left, "", "", false), LIFE));
        });
  }

  /// Begins the round of a handle, once.
  public Outcome<Next> proceed(String handle) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            Messages.spend(work, BEGUN, handle, Round.class)
                .map(round -> Outcome.done(next(work, round)))
                .orElseGet(() -> Outcome.refused(SamlRefusal.REQUEST)));
  }

  /// A provider's answer to a request of ours.
  public Outcome<Next> answered(Outcome<Incoming> message) {
    return noted(message, this::answered);
  }

  private Outcome<Next> answered(Work work, Incoming message) {
    return Messages.sender(work, message)
        .then(sender ->
            LogoutResponse.read(message, sender.described(), new Received(endpoint, work.now()))
                .then(response -> {
                  var round =
                      Messages.spend(work, KIND, message.relayState().orElse(""), Round.class);
                  boolean awaited =
                      round
                          .filter(one -> one.awaited().equals(sender.id()))
                          .filter(one -> one.awaitedId().equals(response.inResponseTo()))
                          .isPresent();
                  return awaited
                      ? Outcome.done(next(work, marked(round.get(), response)))
                      : Outcome.refused(SamlRefusal.REQUEST);
                }));
  }

  private static Round marked(Round one, LogoutResponse response) {
    return new Round(
        one.initiator(),
        one.request(),
        one.relayState(),
        one.left(),
        "",
        "",
        one.partial() || !response.success());
  }

  /// To the next one who can be told; then back to whoever began.
  private Next next(Work work, Round round) {
    boolean partial = round.partial();
    for (int i = 0; i < round.left().size(); i++) {
      var one = round.left().get(i);
      var service =
          work.tx().saml().provider(one.provider()).flatMap(known -> known.described().logout());
      if (service.isEmpty()) {
        partial = true;
        continue;
      }
      var rest = round.left().subList(i + 1, round.left().size());
      return tell(
          work,
          service.get(),
          one,
          new Round(
              round.initiator(),
              round.request(),
              round.relayState(),
              rest,
              one.provider(),
              "",
              partial));
    }
    return back(work, round, partial ? Logouts.Result.PARTIAL : Logouts.Result.DONE);
  }

  private Next tell(Work work, ServiceProvider.Logout service, Told one, Round round) {
    var name = new NameId(NameIdFormat.valueOf(one.format()), one.nameId());
    String handle = dev.vigil.kernel.Bytes.of(work.entropy().bytes(32)).toString();
    var asked = logouts.request(service, name, one.index(), handle, work.now());
    Messages.keepAt(
        work,
        KIND,
        handle,
        new Round(
            round.initiator(),
            round.request(),
            round.relayState(),
            round.left(),
            round.awaited(),
            asked.id(),
            round.partial()),
        LIFE);
    return new Next.Sent(asked.message());
  }

  private Next back(Work work, Round round, Logouts.Result result) {
    return work.tx()
        .saml()
        .provider(round.initiator())
        .flatMap(one -> one.described().logout())
        .<Next>map(service ->
            new Next.Sent(
                logouts.response(
                    service,
                    round.request(),
                    result,
                    Optional.of(round.relayState()).filter(text -> !text.isEmpty()),
                    work.now())))
        .orElseGet(() -> new Next.Over(result));
  }

  @FunctionalInterface
  private interface Step {
    Outcome<Next> take(Work work, Incoming message);
  }

  private Outcome<Next> noted(Outcome<Incoming> message, Step step) {
    String issuer = message instanceof Outcome.Done<Incoming>(Incoming one) ? one.issuer() : "";
    Outcome<Next> answer =
        message.then(one -> changes.commit(Actor.SYSTEM, work -> step.take(work, one)));
    return Messages.noted(changes, answer, issuer);
  }
}
