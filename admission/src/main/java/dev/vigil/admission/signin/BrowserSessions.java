// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.ClientsView.Browser;
import dev.vigil.admission.Ending;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The sessions of browsers: known by the digest of the secret in the cookie, over after an hour
/// without use and after twelve hours anyway.
public final class BrowserSessions {

  /// How long a session lives without use.
  public static final Duration IDLE = Duration.ofHours(1);

  /// How long a session lives at most.
  public static final Duration LIFE = Duration.ofHours(12);

  private final Changes changes;

  public BrowserSessions(Changes changes) {
    this.changes = changes;
  }

  /// A person in a live session of this browser.
  ///
  /// @param device that proved to be beside the browser; to be named in decisions
  public record Live(Subject subject, Session session, Optional<DeviceId> device) {

    /// The person as the one who causes a change.
    public Actor.Person actor() {
      return new Actor.Person(subject.id(), session.id());
    }
  }

  /// Who is behind this cookie; empty if nobody is, any more. Its use is noted, to the minute.
  public Optional<Live> find(Secret cookie) {
    var now = changes.time().now();
    var found = changes.read(view -> live(view, cookie, now));
    if (found.filter(one -> stale(one.browser, now)).isPresent())
      changes.commit(Actor.SYSTEM, work -> used(work, cookie));
    return found.map(Known::live);
  }

  private record Known(Browser browser, Live live) {}

  private static boolean stale(Browser browser, Instant now) {
    return now.isAfter(browser.usedAt().plus(1, ChronoUnit.MINUTES));
  }

  private static Optional<Known> used(Work work, Secret cookie) {
    var found = live(work.tx(), cookie, work.now());
    found.ifPresent(one ->
        work.tx()
            .clients()
            .put(
                new Browser(
                    one.browser.session(),
                    one.browser.secret(),
                    work.now(),
                    one.browser.device())));
    return found;
  }

  private static Optional<Known> live(View view, Secret cookie, Instant now) {
    return view.clients()
        .browser(cookie.digest())
        .filter(browser -> now.isBefore(browser.usedAt().plus(IDLE)))
        .flatMap(browser ->
            view.session(browser.session())
                .filter(session -> session.livesAt(now))
                .filter(session -> session.binding() instanceof Session.Binding.Cookie)
                .flatMap(session ->
                    view.subject(session.subject())
                        .filter(Subject::active)
                        .map(subject ->
                            new Known(browser, new Live(subject, session, browser.device())))));
  }

  /// A session that was made or strengthened, with the new secret for the browser's cookie.
  public record Entered(Secret cookie, Session session) {}

  /// Adds an authentication to the browser's own session, or starts one, inside a change. The
  /// secret is a new one every time. Somebody else's session in the same browser ends.
  ///
  /// @param cookie what the browser brought
  /// @param device the subject's own, that proved to be beside the browser
  public static Entered enter(
      Work work,
      Optional<Secret> cookie,
      SubjectId subject,
      Authentication made,
      Optional<DeviceId> device) {
    var known = cookie.flatMap(secret -> live(work.tx(), secret, work.now())).map(Known::live);
    known
        .filter(one -> !one.subject().id().equals(subject))
        .ifPresent(one -> Ending.end(work, one.session(), "somebody else signed in"));
    var place =
        new Sessions.Place(
            new Session.Binding.Cookie(),
            known.filter(one -> one.subject().id().equals(subject)).map(Live::session));
    var session = Sessions.enter(work, place, subject, made, LIFE);
    var secret = Secret.random(work.entropy());
    var beside =
        device.or(() ->
            known.filter(one -> one.session().id().equals(session.id())).flatMap(Live::device));
    work.tx().clients().put(new Browser(session.id(), secret.digest(), work.now(), beside));
    return new Entered(secret, session);
  }

  /// Ends the session behind a cookie. An unknown one is no error.
  public void end(Secret cookie, String cause) {
    changes.commit(
        Actor.SYSTEM,
        work -> {
          live(work.tx(), cookie, work.now())
              .ifPresent(known -> Ending.end(work, known.live.session(), cause));
          return Optional.empty();
        });
  }
}
