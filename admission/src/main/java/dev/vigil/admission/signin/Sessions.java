// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds, starts, strengthens and ends sessions inside a change.
final class Sessions {

  private static final int AUTHENTICATIONS = 20;

  private Sessions() {}

  /// Where an authentication with this key goes.
  ///
  /// @param session the live session it is added to; empty if a new one starts
  record Place(Session.Binding binding, Optional<Session> session) {}

  /// Decides where an authentication of this subject with this key goes: a device takes its owner
  /// only, and a live session takes its own subject only.
  static Outcome<Place> place(Work work, Sha256 key, SubjectId subject) {
    var device = work.tx().deviceOfKey(key);
    if (device.filter(found -> !found.active()).isPresent())
      return Outcome.refused(OAuthRefusal.DEVICE);
    if (device.filter(found -> !found.subject().equals(subject)).isPresent())
      return Outcome.refused(OAuthRefusal.OTHER_PERSON);
    Session.Binding binding =
        device
            .<Session.Binding>map(found -> new Session.Binding.Device(found.id(), key))
            .orElseGet(() -> new Session.Binding.Key(key));
    var live =
        work.tx().sessionsOf(key, work.now()).stream()
            .filter(session -> session.binding().equals(binding))
            .toList();
    if (live.stream().anyMatch(session -> !session.subject().equals(subject)))
      return Outcome.refused(OAuthRefusal.OTHER_PERSON);
    return Outcome.done(new Place(binding, live.stream().findFirst()));
  }

  /// Adds an authentication where it goes: to the session there is, or to a new one.
  static Session enter(
      Work work, Place place, SubjectId subject, Authentication made, Duration life) {
    var joined = place.session().map(session -> strengthened(session, made));
    var session =
        joined.orElseGet(() ->
            new Session(
                SessionId.random(work.entropy()),
                subject,
                place.binding(),
                List.of(made),
                work.now(),
                work.now().plus(life),
                Optional.empty()));
    work.tx().put(session);
    String type = joined.isPresent() ? "session-authenticated" : "session-started";
    work.event(
        type,
        made.strength().label(),
        Map.of("credential", made.credentialId()),
        session.id(),
        subject);
    BreakGlass.used(work, session, made);
    return session;
  }

  /// The session with one more authentication; of very many the oldest is forgotten, which can only
  /// take trust away.
  private static Session strengthened(Session session, Authentication made) {
    var all = new ArrayList<>(session.with(made).authentications());
    while (all.size() > AUTHENTICATIONS) all.removeFirst();
    return new Session(
        session.id(),
        session.subject(),
        session.binding(),
        all,
        session.startedAt(),
        session.expiresAt(),
        session.ended());
  }

  /// Whether tokens may be issued for it now: it lives, its subject is active, its device too.
  static boolean serves(Work work, Session session) {
    boolean subject = work.tx().subject(session.subject()).map(Subject::active).orElse(false);
    boolean device = session.device().map(id -> active(work, id)).orElse(true);
    return session.livesAt(work.now()) && subject && device;
  }

  private static boolean active(Work work, DeviceId id) {
    return work.tx().device(id).map(Device::active).orElse(false);
  }
}
