// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.passkey;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Ending;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.People;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Session;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The passkeys of one person: seen, named and removed by themselves or by an administrator.
///
/// With a passkey goes everything that rested on it: sessions that nothing else was ever shown in
/// end, and the others forget what was shown with it.
public final class Passkeys {

  private static final String REMOVED = "the passkey was removed";

  private final Changes changes;

  public Passkeys(Changes changes) {
    this.changes = changes;
  }

  /// In the order in which they were registered.
  public List<Passkey> of(SubjectId subject) {
    return changes.read(view -> view.passkeysOf(subject));
  }

  /// Gives one of the person's own passkeys another name.
  public Outcome<Passkey> rename(Actor.Person actor, String credentialId, PasskeyName name) {
    return changes.commit(
        actor,
        work ->
            find(work.tx(), actor.subject(), credentialId)
                .map(passkey -> {
                  var named = passkey.named(name.value());
                  work.tx().put(named);
                  work.note(
                      "passkey-renamed",
                      "by its owner",
                      Map.of("credential", credentialId),
                      actor.subject());
                  return named;
                }));
  }

  /// Removes one of the person's own passkeys, unless it is the only one.
  public Outcome<Passkey> remove(Actor.Person actor, String credentialId) {
    return removed(actor, actor.subject(), credentialId, PasskeysRefusal.LAST_PASSKEY, REMOVED);
  }

  /// Removes a person's passkey, even the only one: a lost key must not wait. Only the last
  /// administrator keeps theirs.
  public Outcome<Passkey> remove(Mandate mandate, SubjectId subject, String credentialId) {
    return removed(
        mandate.by(),
        subject,
        credentialId,
        PasskeysRefusal.LAST_ADMINISTRATOR,
        mandate.reason().text());
  }

  private Outcome<Passkey> removed(
      Actor actor, SubjectId subject, String credentialId, PasskeysRefusal last, String cause) {
    ahead(subject, credentialId, last);
    return changes.commit(
        actor,
        work ->
            removable(work.tx(), subject, credentialId, last)
                .map(passkey -> {
                  work.tx().removePasskey(credentialId);
                  work.event("passkey-removed", cause, Map.of("credential", credentialId), subject);
                  work.tx()
                      .sessionsOf(subject, work.now())
                      .forEach(session -> without(work, session, credentialId));
                  return passkey;
                }));
  }

  /// Sessions that rest on the passkey alone lose their trust at once; the commit follows.
  private void ahead(SubjectId subject, String credentialId, PasskeysRefusal last) {
    var now = changes.time().now();
    var ending =
        changes.read(view ->
            removable(view, subject, credentialId, last) instanceof Outcome.Done<Passkey>
                ? view.sessionsOf(subject, now).stream()
                    .filter(session -> restsOn(session, credentialId))
                    .toList()
                : List.<Session>of());
    changes.ahead(Optional.empty(), ending);
  }

  private static boolean restsOn(Session session, String credentialId) {
    return !session.authentications().isEmpty()
        && session.authentications().stream()
            .allMatch(one -> one.credentialId().equals(credentialId));
  }

  private static void without(Work work, Session session, String credentialId) {
    if (restsOn(session, credentialId)) {
      Ending.end(work, session, REMOVED);
      return;
    }
    var rest =
        session.authentications().stream()
            .filter(one -> !one.credentialId().equals(credentialId))
            .toList();
    if (rest.size() == session.authentications().size()) return;
    work.tx().put(session.of(rest));
    work.event(
        "session-weakened",
        REMOVED,
        Map.of("credential", credentialId),
        session.id(),
        session.subject());
  }

  private static Outcome<Passkey> find(View view, SubjectId subject, String credentialId) {
    return view.passkey(credentialId)
        .filter(passkey -> passkey.subject().equals(subject))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(PasskeysRefusal.NO_SUCH_PASSKEY));
  }

  private static Outcome<Passkey> removable(
      View view, SubjectId subject, String credentialId, PasskeysRefusal last) {
    return find(view, subject, credentialId)
        .then(passkey ->
            only(view, passkey)
                    && (last == PasskeysRefusal.LAST_PASSKEY || lastAdministrator(view, subject))
                ? Outcome.refused(last)
                : Outcome.done(passkey));
  }

  private static boolean only(View view, Passkey passkey) {
    return view.passkeysOf(passkey.subject()).size() == 1;
  }

  private static boolean lastAdministrator(View view, SubjectId id) {
    return view.subject(id)
        .filter(before -> People.nobodyLeft(view, before, before.withActive(false)))
        .isPresent();
  }
}
