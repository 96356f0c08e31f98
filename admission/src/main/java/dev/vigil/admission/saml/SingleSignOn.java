// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.saml;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.admission.signin.InTheWay;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.saml.Assertions;
import dev.vigil.identity.saml.Assertions.To;
import dev.vigil.identity.saml.Assertions.Why;
import dev.vigil.identity.saml.AuthnContext;
import dev.vigil.identity.saml.AuthnRequest;
import dev.vigil.identity.saml.Incoming;
import dev.vigil.identity.saml.Outgoing;
import dev.vigil.identity.saml.Received;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.identity.saml.SamlRefusal;
import dev.vigil.kernel.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/// Takes a provider's request through sign-in and decision to an assertion, or to the reason why
/// there is none (SAML Profiles section 4.1).
public final class SingleSignOn {

  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final String KIND = "sign-on";

  private final Changes changes;
  private final AppDecisions decisions;
  private final Issuing issuing;
  private final URI endpoint;

  /// @param endpoint where requests come
  public SingleSignOn(
      Changes changes, AppDecisions decisions, Assertions assertions, URI endpoint) {
    this.changes = changes;
    this.decisions = decisions;
    this.issuing = new Issuing(changes, assertions);
    this.endpoint = endpoint;
  }

  /// Checks a message and keeps what it asks for; the answer is a handle to go on with.
  public Outcome<String> begin(Outcome<Incoming> message) {
    String issuer = message instanceof Outcome.Done<Incoming>(Incoming one) ? one.issuer() : "";
    return Messages.noted(changes, message.then(this::taken), issuer);
  }

  private Outcome<String> taken(Incoming message) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            Messages.sender(work, message)
                .then(sender ->
                    AuthnRequest.read(
                            message, sender.described(), new Received(endpoint, work.now()))
                        .then(request ->
                            Messages.once(work, sender, request.id())
                                .map(_ -> keep(work, sender, request, message.relayState())))));
  }

  private static String keep(
      Work work, RegisteredProvider sender, AuthnRequest request, Optional<String> relayState) {
    var pending = Pending.of(sender.id(), request, relayState.orElse(""), work.now().toString());
    return Messages.keep(work, KIND, pending, LIFE);
  }

  /// Begins without a request, where an administrator allowed that.
  public Outcome<String> unsolicited(String provider) {
    Outcome<String> answer =
        changes.commit(
            Actor.SYSTEM,
            work -> {
              var found = work.tx().saml().provider(provider);
              if (found.isEmpty()) return Outcome.refused(SamlRefusal.PROVIDER);
              var one = found.get();
              if (!one.options().contains(RegisteredProvider.Option.UNSOLICITED))
                return Outcome.refused(SamlRefusal.UNSOLICITED);
              var request =
                  new AuthnRequest(
                      "",
                      one.described().entityId(),
                      one.described().defaultConsumer().location(),
                      Optional.empty(),
                      Set.of(),
                      Optional.empty());
              return Outcome.done(keep(work, one, request, Optional.empty()));
            });
    return Messages.noted(changes, answer, provider);
  }

  /// What comes next for the browser.
  public sealed interface Next {

    /// To the provider, with an assertion or without.
    record Post(Outgoing.Form form) implements Next {}

    /// To the sign-in page.
    record SignIn(BrowserVisits.Wanted wanted) implements Next {}

    /// The person sees what is in the way.
    record Shown(InTheWay what) implements Next {}
  }

  /// Goes on: signs in if need be, decides, and issues the assertion.
  ///
  /// @param live who is signed in in this browser
  /// @param address the browser's
  public Outcome<Next> proceed(String handle, Optional<BrowserSessions.Live> live, String address) {
    return find(handle).then(found -> proceed(found, live, address));
  }

  private record Found(String handle, Pending pending, RegisteredProvider provider) {

    To to() {
      return pending.to(provider.described().entityId());
    }

    Next signIn(Optional<Strength> strength) {
      return new Next.SignIn(new BrowserVisits.Wanted(path(), provider.name(), strength));
    }

    String path() {
      return "/saml/continue?request=" + handle;
    }
  }

  private Outcome<Found> find(String handle) {
    var now = changes.time().now();
    return changes
        .read(view ->
            view.peek(OneTime.Kind.CEREMONY, Messages.key(KIND, handle), now)
                .map(value -> value.as(Pending.class))
                .flatMap(pending ->
                    view.saml()
                        .provider(pending.provider())
                        .filter(pending::stillFits)
                        .map(provider -> new Found(handle, pending, provider))))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(SamlRefusal.REQUEST));
  }

  private Outcome<Next> proceed(Found found, Optional<BrowserSessions.Live> live, String address) {
    var pending = found.pending();
    var made = live.flatMap(one -> best(one, pending));
    if (live.isEmpty() || made.isEmpty())
      return pending.passive()
          ? over(found, Why.NOT_PASSIVE)
          : Outcome.done(found.signIn(decisions.wanted(Optional.empty(), found.provider().app())));
    var told = AuthnContext.told(made.get(), pending.context(), found.provider().wording());
    if (told.isEmpty()) {
      boolean could = made.get().strength().compareTo(Strength.PASSKEY) < 0 && !pending.passive();
      return could
          ? Outcome.done(found.signIn(Optional.of(Strength.PASSKEY)))
          : over(found, Why.NO_CONTEXT);
    }
    return decided(found, live.get(), made.get(), told.get(), address);
  }

  /// The strongest authentication that counts for this request.
  private static Optional<Authentication> best(BrowserSessions.Live live, Pending pending) {
    return live.session().authentications().stream()
        .filter(one -> !pending.force() || !one.at().isBefore(pending.began()))
        .max(Comparator.comparing(Authentication::strength).thenComparing(Authentication::at));
  }

  private Outcome<Next> decided(
      Found found, BrowserSessions.Live live, Authentication made, String context, String address) {
    var provider = found.provider();
    var asked =
        new AppDecisions.Asked(
            provider.id(),
            provider.app(),
            live.subject().id(),
            live.session().id(),
            live.device(),
            Optional.of(address));
    boolean passive = found.pending().passive();
    return switch (decisions.decide(asked)) {
      case AppDecisions.Allowed _ ->
          issuing
              .issue(
                  new Issuing.Order(
                      provider, found.to(), found.pending().format(), live.session().id()),
                  made,
                  context,
                  work -> Messages.spend(work, KIND, found.handle(), Pending.class).isPresent())
              .map(Next.Post::new);
      case AppDecisions.StepUp step ->
          passive ? over(found, Why.NOT_PASSIVE) : Outcome.done(found.signIn(step.strength()));
      case AppDecisions.Remediate fix ->
          passive ? over(found, Why.DENIED) : shown(found, fix, asked);
      case AppDecisions.Denied denied ->
          passive ? over(found, Why.DENIED) : shown(found, denied, asked);
    };
  }

  private static Outcome<Next> shown(
      Found found, AppDecisions.Answer answer, AppDecisions.Asked asked) {
    return Outcome.done(
        new Next.Shown(
            new InTheWay(
                answer,
                found.provider().name(),
                URI.create(found.path()),
                asked.device().isPresent())));
  }

  /// Signs in once more, whoever is signed in already: this time perhaps with a phone beside the
  /// browser.
  public Outcome<Next> again(String handle) {
    return find(handle)
        .map(found -> found.signIn(decisions.wanted(Optional.empty(), found.provider().app())));
  }

  /// The person would not, or could not: the provider learns that nobody is signed in, and no more.
  public Outcome<Next> decline(String handle) {
    return find(handle).then(found -> over(found, Why.DENIED));
  }

  private Outcome<Next> over(Found found, Why why) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            Messages.spend(work, KIND, found.handle(), Pending.class)
                .map(_ ->
                    Outcome.<Next>done(
                        new Next.Post(issuing.refusal(work, found.provider(), found.to(), why))))
                .orElseGet(() -> Outcome.refused(SamlRefusal.REQUEST)));
  }
}
