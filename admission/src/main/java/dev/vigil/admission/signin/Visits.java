// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.Subject;
import dev.vigil.identity.TemporaryPass;
import dev.vigil.identity.oauth.AuthorizationRequest;
import dev.vigil.identity.oauth.Client;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The visits of browsers: what the person behind one came for, bound to the secret in the
/// browser's cookie.
public final class Visits {

  /// How long a visit may last.
  public static final Duration LIFE = Duration.ofMinutes(10);

  /// How long a challenge may be answered.
  static final Duration CHALLENGE_LIFE = Duration.ofMinutes(5);

  private final Changes changes;

  public Visits(Changes changes) {
    this.changes = changes;
  }

  /// What the page shows.
  public sealed interface Shown {

    /// A sign-in for an app, perhaps to approve a transaction or with something stronger.
    record ForApp(
        Client client, Optional<Strength> strength, Optional<ShownTransaction> transaction)
        implements Shown {}

    /// A sign-in of the browser itself, on the way to an app or a page of ours.
    ///
    /// @param name of the app
    record ForBrowser(String name, Optional<Strength> strength) implements Shown {}

    /// A first or further passkey.
    record ForInvited(String userName, String displayName) implements Shown {}

    /// The first administrator.
    record ForAdministrator() implements Shown {}
  }

  /// Begins the visit of a browser sent by an app: the pushed request is spent. A reload of the
  /// same address in the same browser goes on with the visit it has.
  ///
  /// @param brought the secret in the browser's cookie, if it has one
  public Outcome<Secret> begin(String clientId, String requestUri, Optional<Secret> brought) {
    var begun = begun(clientId, requestUri, brought);
    if (begun instanceof Outcome.Refused<Secret> refused)
      changes.refused(Actor.SYSTEM, "authorization-refused", refused.refusal());
    return begun;
  }

  private Outcome<Secret> begun(String clientId, String requestUri, Optional<Secret> brought) {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          var again =
              brought.filter(visit ->
                  find(work.tx(), visit, work.now())
                      .filter(known -> known.requestUri().equals(requestUri))
                      .isPresent());
          if (again.isPresent()) return Outcome.done(again.get());
          return work.tx()
              .spend(OneTime.Kind.PUSHED_REQUEST, PushedRequests.key(requestUri), work.now())
              .map(value -> value.as(Kept.Pushed.class))
              .filter(pushed -> pushed.request().client().id().equals(clientId))
              .map(pushed ->
                  Outcome.done(
                      keep(work, new Kept.Visit(Kept.Purpose.SIGN_IN, pushed, requestUri, "", ""))))
              .orElseGet(() -> Outcome.refused(OAuthRefusal.REQUEST_URI));
        });
  }

  /// Begins the visit of a person with an invitation.
  public Outcome<Secret> invited(Secret invitation) {
    return withTicket(OneTime.Kind.INVITATION, Kept.Purpose.REGISTER, invitation.digest());
  }

  /// Begins the visit of a person who typed a temporary access pass, to register a passkey. What
  /// was typed in vain is remembered for the person, if there is one of that name.
  public Outcome<Secret> withPass(String userName, String typed) {
    var passes = new TemporaryPasses(changes);
    var person = passes.person(userName);
    var begun =
        person
            .flatMap(id -> TemporaryPass.typed(typed).map(pass -> pass.digestFor(id)))
            .map(digest -> withTicket(OneTime.Kind.INVITATION, Kept.Purpose.REGISTER, digest))
            .filter(Outcome.Done.class::isInstance);
    if (begun.isPresent()) return begun.get();
    person.ifPresent(passes::refused);
    return Outcome.refused(SignInRefusal.PASS);
  }

  /// Begins the visit of whoever holds the first administrator's secret.
  public Outcome<Secret> administrator(Secret secret) {
    return withTicket(OneTime.Kind.ADMINISTRATOR, Kept.Purpose.ADMINISTRATOR, secret.digest());
  }

  /// The ticket is spent only when the passkey is registered, so that a failed try can be repeated.
  private Outcome<Secret> withTicket(OneTime.Kind kind, Kept.Purpose purpose, Sha256 ticket) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            work.tx()
                .peek(kind, ticket, work.now())
                .map(value ->
                    Outcome.done(
                        keep(
                            work,
                            new Kept.Visit(
                                purpose,
                                Kept.NOTHING_PUSHED,
                                "",
                                ticket.toString(),
                                value.content()))))
                .orElseGet(() -> Outcome.refused(SignInRefusal.TICKET)));
  }

  static Secret keep(Work work, Kept.Visit visit) {
    var secret = Secret.random(work.entropy());
    work.tx().put(OneTime.of(OneTime.Kind.CEREMONY, secret.digest(), visit, work.now().plus(LIFE)));
    return secret;
  }

  /// What the page of this visit shows.
  public Outcome<Shown> look(Secret visit) {
    var now = changes.time().now();
    return changes.read(view ->
        require(view, visit, now)
            .then(known ->
                switch (known.purpose()) {
                  case SIGN_IN -> forApp(view, known.pushed().request());
                  case BROWSER ->
                      Outcome.done(
                          new Shown.ForBrowser(
                              BrowserVisits.name(known), BrowserVisits.strength(known)));
                  case REGISTER ->
                      view.subject(new SubjectId(known.subject()))
                          .map(Visits::forInvited)
                          .orElseGet(() -> Outcome.refused(SignInRefusal.TICKET));
                  case ADMINISTRATOR -> Outcome.done(new Shown.ForAdministrator());
                }));
  }

  private static Outcome<Shown> forInvited(Subject subject) {
    return Outcome.done(new Shown.ForInvited(subject.userName(), subject.displayName()));
  }

  private static Outcome<Shown> forApp(View view, AuthorizationRequest request) {
    var details = request.details();
    if (details.isEmpty())
      return Outcome.done(new Shown.ForApp(request.client(), request.strength(), Optional.empty()));
    return ShownTransaction.read(details.get(), view)
        .map(shown -> new Shown.ForApp(request.client(), request.strength(), Optional.of(shown)));
  }

  /// A new challenge for an authenticator in this visit.
  static Secret challenge(Work work, Secret visit, SubjectName subject) {
    var challenge = Secret.random(work.entropy());
    var kept =
        new Kept.Challenge(
            visit.digest().toString(), subject.id(), subject.userName(), subject.displayName());
    work.tx()
        .put(
            OneTime.of(
                OneTime.Kind.CEREMONY,
                challengeKey(challenge),
                kept,
                work.now().plus(CHALLENGE_LIFE)));
    return challenge;
  }

  /// For whom a passkey is registered; all empty when somebody signs in.
  record SubjectName(String id, String userName, String displayName) {
    static final SubjectName NOBODY = new SubjectName("", "", "");
  }

  /// Spends a challenge that was given to this visit; one that was not, or that comes twice, leaves
  /// an event.
  static Outcome<Kept.Challenge> spend(Work work, Secret visit, Secret challenge) {
    return work.tx()
        .spend(OneTime.Kind.CEREMONY, challengeKey(challenge), work.now())
        .map(value -> value.as(Kept.Challenge.class))
        .filter(kept -> kept.visit().equals(visit.digest().toString()))
        .map(Outcome::done)
        .orElseGet(() -> {
          var refusal = SignInRefusal.CHALLENGE;
          work.note("sign-in-refused", refusal.says(), Map.of("code", refusal.code()));
          return Outcome.refused(refusal);
        });
  }

  /// Another name than a visit's, so that neither passes for the other.
  private static Sha256 challengeKey(Secret challenge) {
    return Sha256.of(("challenge " + challenge.digest()).getBytes(StandardCharsets.UTF_8));
  }

  private static Outcome<Kept.Visit> require(Work work, Secret visit) {
    return require(work.tx(), visit, work.now());
  }

  private static Outcome<Kept.Visit> require(View view, Secret visit, Instant now) {
    return find(view, visit, now)
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(SignInRefusal.VISIT));
  }

  static Outcome<Kept.Visit> require(Work work, Secret visit, Kept.Purpose... purposes) {
    return require(work, visit)
        .then(known ->
            Arrays.asList(purposes).contains(known.purpose())
                ? Outcome.done(known)
                : Outcome.refused(SignInRefusal.VISIT));
  }

  /// Ends the visit: it reached what it came for.
  static void end(Work work, Secret visit) {
    work.tx().spend(OneTime.Kind.CEREMONY, visit.digest(), work.now());
  }

  static Optional<Kept.Visit> find(View view, Secret visit, Instant now) {
    return view.peek(OneTime.Kind.CEREMONY, visit.digest(), now)
        .map(value -> value.as(Kept.Visit.class));
  }

  /// What somebody came for who may also prove to be somebody through another provider.
  public sealed interface Came {

    /// To sign in for an app.
    record ForApp() implements Came {}

    /// To sign in in the browser itself.
    record ForBrowser() implements Came {}

    /// With an invitation, so this is the person who was invited.
    record Invited(SubjectId subject) implements Came {}
  }

  /// What this visit is for.
  public static Outcome<Came> came(Work work, Secret visit) {
    return require(work, visit)
        .then(known ->
            switch (known.purpose()) {
              case SIGN_IN -> Outcome.done(new Came.ForApp());
              case BROWSER -> Outcome.done(new Came.ForBrowser());
              case REGISTER -> Outcome.done(new Came.Invited(new SubjectId(known.subject())));
              case ADMINISTRATOR -> Outcome.refused(SignInRefusal.VISIT);
            });
  }

  /// Spends the invitation that the visit came with, and ends the visit.
  public static Outcome<SubjectId> accept(Work work, Secret visit) {
    return require(work, visit, Kept.Purpose.REGISTER)
        .then(known -> {
          if (work.tx().spend(OneTime.Kind.INVITATION, ticket(known), work.now()).isEmpty())
            return Outcome.refused(SignInRefusal.TICKET);
          end(work, visit);
          return Outcome.done(new SubjectId(known.subject()));
        });
  }

  static Sha256 ticket(Kept.Visit visit) {
    return Sha256.parse(visit.ticket());
  }
}
