// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.passkey.Asserted;
import dev.vigil.identity.passkey.Ceremonies;
import dev.vigil.identity.passkey.PasskeyRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SubjectId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Signs a person in in the browser itself, on the way to a path of ours: a page, or the rest of a
/// sign-in at an app. What is reached there decides anew; here is no policy.
public final class BrowserVisits {

  private static final Pattern PATH =
      Pattern.compile("(?:/[a-z0-9][a-z0-9-]*)+(?:\\?[a-z_]+=[A-Za-z0-9_-]{1,128})?");

  private final Changes changes;
  private final Ceremonies ceremonies;

  public BrowserVisits(Changes changes, Ceremonies ceremonies) {
    this.changes = changes;
    this.ceremonies = ceremonies;
  }

  /// Why the browser signs in.
  ///
  /// @param next the path of ours to go on with; only such as cannot lead anywhere else
  /// @param name of the app, as the person knows it
  /// @param strength what the authentication must be worth at least
  public record Wanted(String next, String name, Optional<Strength> strength) {
    /// @throws IllegalArgumentException if the path is none of ours
    public Wanted {
      if (!PATH.matcher(next).matches())
        throw new IllegalArgumentException("a browser goes on with a path of ours");
    }
  }

  /// Begins a visit; the secret goes into the visit's cookie, and the browser to the sign-in page.
  public Secret begin(Wanted wanted) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            Visits.keep(
                work,
                new Kept.Visit(
                    Kept.Purpose.BROWSER,
                    new Kept.Pushed(
                        Map.of(
                            "name",
                            wanted.name(),
                            "strength",
                            wanted.strength().map(Strength::name).orElse("")),
                        ""),
                    wanted.next(),
                    "",
                    "")));
  }

  static String name(Kept.Visit visit) {
    return visit.pushed().form().getOrDefault("name", "");
  }

  static Optional<Strength> strength(Kept.Visit visit) {
    return Optional.ofNullable(visit.pushed().form().get("strength"))
        .filter(name -> !name.isEmpty())
        .map(Strength::valueOf);
  }

  /// Whether this visit is one of the browser itself.
  public boolean is(Secret visit) {
    var now = changes.time().now();
    return changes
        .read(view -> Visits.find(view, visit, now))
        .filter(known -> known.purpose() == Kept.Purpose.BROWSER)
        .isPresent();
  }

  /// Where a browser that signed in goes on, and its new session's secret.
  public record Arrived(URI next, Secret cookie) {}

  /// Verifies the authenticator's answer and makes or strengthens the browser's session. A refusal
  /// leaves the visit open for another try; the challenge is spent either way.
  ///
  /// @param cookie of the session that the browser has, if it has one
  public Outcome<Arrived> finish(
      Secret visit, Secret challenge, String credential, Optional<Secret> cookie) {
    return Settled.commit(
        changes,
        Actor.SYSTEM,
        work ->
            Visits.spend(work, visit, challenge)
                .then(_ -> Visits.require(work, visit, Kept.Purpose.BROWSER))
                .then(known -> {
                  var answer =
                      ceremonies
                          .authenticate(credential, challenge, work.tx()::passkey, work.now())
                          .then(asserted -> entered(work, visit, asserted, cookie));
                  if (answer instanceof Outcome.Refused<Arrived>(Refusal refusal, String _))
                    SignIn.record(work, refusal, credential);
                  return answer;
                }));
  }

  private Outcome<Arrived> entered(
      Work work, Secret visit, Asserted asserted, Optional<Secret> cookie) {
    var passkey = asserted.passkey();
    var groups = work.tx().subject(passkey.subject()).map(Subject::groups).orElse(Set.of());
    return ceremonies
        .authenticators()
        .admit(passkey, groups, work.now())
        .then(_ -> arrive(work, visit, passkey.subject(), asserted.authentication(), cookie))
        .map(arrived -> {
          work.tx().put(passkey);
          return arrived;
        });
  }

  /// Ends a visit with what another provider said of the person, inside the change that settles it.
  ///
  /// @param cookie of the session that the browser has, if it has one
  public static Outcome<Arrived> federated(
      Work work, Secret visit, SubjectId subject, Authentication made, Optional<Secret> cookie) {
    return arrive(work, visit, subject, made, cookie);
  }

  /// Ends a visit with an authentication that was verified, whichever way.
  static Outcome<Arrived> arrive(
      Work work, Secret visit, SubjectId subject, Authentication made, Optional<Secret> cookie) {
    var person = work.tx().subject(subject).filter(Subject::active);
    if (person.isEmpty()) return Outcome.refused(OAuthRefusal.INACTIVE);
    if (person.get().keptForEmergencies()) return Outcome.refused(OAuthRefusal.BREAK_GLASS);
    return Visits.require(work, visit, Kept.Purpose.BROWSER)
        .then(known ->
            strength(known).filter(wanted -> made.strength().compareTo(wanted) < 0).isPresent()
                ? Outcome.refused(PasskeyRefusal.TOO_WEAK)
                : VisitDevices.of(work, visit, subject)
                    .map(device -> {
                      Visits.end(work, visit);
                      var entered = BrowserSessions.enter(work, cookie, subject, made, device);
                      return new Arrived(URI.create(known.requestUri()), entered.cookie());
                    }));
  }

  /// The person would not sign in: the visit ends, and the browser goes on as it came.
  public Outcome<URI> decline(Secret visit) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            Visits.require(work, visit, Kept.Purpose.BROWSER)
                .map(known -> {
                  Visits.end(work, visit);
                  var next = known.requestUri();
                  return URI.create(next + (next.contains("?") ? "&" : "?") + "declined=1");
                }));
  }
}
