// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Changes;
import dev.vigil.admission.Ending;
import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.device.DeviceEvidence;
import dev.vigil.admission.device.Revocation;
import dev.vigil.admission.passkey.PasskeyName;
import dev.vigil.admission.passkey.Passkeys;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Session;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a person sees of their own account in a browser, and may end. Taking trust away needs
/// nothing but the session; what could let somebody else in later needs a passkey that was shown a
/// moment ago.
public final class OwnAccount {

  private static final Duration FRESH = Duration.ofMinutes(10);

  private final Changes changes;
  private final Passkeys passkeys;
  private final Revocation revocation;
  private final Invitations invitations;

  /// @param invitations know whose word is enough for a first passkey
  public OwnAccount(Changes changes, Invitations invitations) {
    this.changes = changes;
    this.invitations = invitations;
    this.passkeys = new Passkeys(changes);
    this.revocation = new Revocation(changes);
  }

  /// All there is of one person.
  ///
  /// @param testRoots those of the devices whose attestation rests on a root for development
  public record Account(
      List<Passkey> passkeys,
      List<Device> devices,
      Set<DeviceId> testRoots,
      List<Session> sessions) {
    public Account {
      passkeys = List.copyOf(passkeys);
      devices = List.copyOf(devices);
      testRoots = Set.copyOf(testRoots);
      sessions = List.copyOf(sessions);
    }
  }

  /// Everything of the person in this session.
  public Account show(BrowserSessions.Live live) {
    var now = changes.time().now();
    var me = live.subject().id();
    return changes.read(view -> {
      var devices = view.devices().stream().filter(device -> device.subject().equals(me)).toList();
      var testRoots =
          devices.stream()
              .map(Device::id)
              .filter(id -> DeviceEvidence.at(view, id, now).testRoot())
              .collect(Collectors.toSet());
      return new Account(view.passkeysOf(me), devices, testRoots, view.sessionsOf(me, now));
    });
  }

  /// What is known of one of the person's own devices.
  public Outcome<DeviceEvidence> known(BrowserSessions.Live live, DeviceId id) {
    var now = changes.time().now();
    return changes.read(view ->
        view.device(id)
            .filter(device -> device.subject().equals(live.subject().id()))
            .map(device -> Outcome.done(DeviceEvidence.at(view, device.id(), now)))
            .orElseGet(() -> Outcome.refused(AdministrationRefusal.NO_SUCH_DEVICE)));
  }

  /// Ends one of the person's own sessions, at once.
  public Outcome<SessionId> end(BrowserSessions.Live live, SessionId id) {
    return end(
        live,
        changes.read(view -> view.session(id)).stream().toList(),
        "ended by the person in a browser");
  }

  /// Ends every session of the person, this one too.
  public Outcome<SessionId> everywhere(BrowserSessions.Live live) {
    var now = changes.time().now();
    return end(
        live,
        changes.read(view -> view.sessionsOf(live.subject().id(), now)),
        "signed out everywhere");
  }

  private Outcome<SessionId> end(BrowserSessions.Live live, List<Session> sessions, String cause) {
    var own = sessions.stream().filter(one -> one.subject().equals(live.subject().id())).toList();
    if (own.isEmpty()) return Outcome.refused(AdministrationRefusal.NO_SUCH_SESSION);
    changes.ahead(Optional.empty(), own);
    return changes.commit(
        live.actor(),
        work -> {
          own.stream()
              .flatMap(session -> work.tx().session(session.id()).stream())
              .filter(session -> session.livesAt(work.now()))
              .forEach(session -> Ending.end(work, session, cause));
          return Outcome.done(own.getFirst().id());
        });
  }

  /// Revokes one of the person's own devices, for good.
  public Outcome<Device> revoke(BrowserSessions.Live live, DeviceId id) {
    boolean own =
        changes
            .read(view -> view.device(id))
            .filter(device -> device.subject().equals(live.subject().id()))
            .isPresent();
    return own
        ? revocation.revokeDevice(
            new Mandate(live.actor(), new Reason("given up by the person it belongs to")), id)
        : Outcome.refused(AdministrationRefusal.NO_SUCH_DEVICE);
  }

  /// Gives one of the person's own passkeys another name.
  public Outcome<Passkey> rename(BrowserSessions.Live live, String passkey, PasskeyName name) {
    return passkeys.rename(live.actor(), passkey, name);
  }

  /// Removes one of the person's own passkeys.
  public Outcome<Passkey> remove(BrowserSessions.Live live, String passkey) {
    return fresh(live).then(_ -> passkeys.remove(live.actor(), passkey));
  }

  /// An invitation to register one more passkey, here or on another device. Whoever has none and
  /// just came through another provider gets one where that provider's word is enough.
  public Outcome<Invitations.Invited> another(BrowserSessions.Live live) {
    var made = live.session().authentications();
    boolean newcomer =
        made.stream().allMatch(one -> one.strength() == Authentication.Strength.FEDERATED)
            && made.stream().anyMatch(this::recent)
            && changes.<Boolean>read(view -> view.passkeysOf(live.subject().id()).isEmpty());
    return (newcomer ? Outcome.done(live.subject().id()) : fresh(live))
        .then(_ -> invitations.another(live.actor()));
  }

  private Outcome<SubjectId> fresh(BrowserSessions.Live live) {
    return live.session().authentications().stream()
            .filter(one -> one.strength().compareTo(Authentication.Strength.PASSKEY) >= 0)
            .anyMatch(this::recent)
        ? Outcome.done(live.subject().id())
        : Outcome.refused(SignInRefusal.AGAIN);
  }

  private boolean recent(Authentication made) {
    return made.at().isAfter(changes.time().now().minus(FRESH));
  }
}
