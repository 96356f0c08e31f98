// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Session;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Rotates signing keys while the server runs. A certificate whose authority was rotated away is
/// good until it expires; one whose authority is distrusted ends at once, with every stream on it,
/// and its owner renews it by proof of the device's key.
public final class Keys {

  /// How long ago an administrator may have used the passkey.
  private static final Duration FRESH = Duration.ofMinutes(10);

  private final Changes changes;
  private final SigningKeys keys;

  public Keys(Changes changes, SigningKeys keys) {
    this.changes = changes;
    this.keys = keys;
  }

  /// Every key, by what it is for.
  public List<SigningKeys.Key> list() {
    return keys.list();
  }

  /// Rotates, for an administrator who used the passkey just now.
  ///
  /// @param session the administrator's
  public Outcome<SigningKeys.Key> rotate(
      Mandate mandate, Session session, String purpose, SigningKeys.Former former) {
    return fresh(session)
        ? rotate(mandate.by(), mandate.reason().text(), purpose, former)
        : Outcome.refused(AdministrationRefusal.PASSKEY_AGAIN);
  }

  private boolean fresh(Session session) {
    var since = changes.time().now().minus(FRESH);
    return session.authentications().stream()
        .filter(one -> one.strength().compareTo(Authentication.Strength.PASSKEY) >= 0)
        .anyMatch(one -> one.at().isAfter(since));
  }

  /// Rotates, for whoever has the machine itself.
  public Outcome<SigningKeys.Key> rotate(String purpose, SigningKeys.Former former) {
    return rotate(Actor.SYSTEM, "`vigil keys` on the machine itself", purpose, former);
  }

  /// The new key is kept first: from then on nothing more comes from the old one, so that the
  /// certificates that end are all there are.
  private Outcome<SigningKeys.Key> rotate(
      Actor by, String cause, String purpose, SigningKeys.Former former) {
    return keys.rotate(purpose, former)
        .map(key -> changes.commit(by, work -> rotated(work, key, cause, former)));
  }

  private static SigningKeys.Key rotated(
      Work work, SigningKeys.Key key, String cause, SigningKeys.Former former) {
    switch (former) {
      case STILL_BELIEVED -> work.note("key-rotated", cause, details(key, 0));
      case DISTRUSTED ->
          work.note(
              "key-distrusted",
              cause,
              details(
                  key, key.issuesFor().map(kind -> end(work, kind, work.now()).size()).orElse(0)));
    }
    return key;
  }

  private static Map<String, String> details(SigningKeys.Key key, int devices) {
    return devices == 0
        ? Map.of("key", key.purpose())
        : Map.of("key", key.purpose(), "devices", String.valueOf(devices));
  }

  private static List<DeviceId> end(Work work, Device.Kind kind, Instant at) {
    var devices = work.tx().certificates().end(kind, at);
    if (!devices.isEmpty()) work.also(new FactsSink.Change.CertificatesEnded(devices, at));
    return devices;
  }

  /// Before any port opens: ends what should have ended, had the process not stopped between
  /// keeping a new key and ending what the old one signed.
  public void settle() {
    for (var kind : Device.Kind.values()) keys.distrustedAt(kind).ifPresent(at -> settle(kind, at));
  }

  private void settle(Device.Kind kind, Instant at) {
    changes.commit(
        Actor.SYSTEM,
        work -> {
          var ended = end(work, kind, at);
          if (!ended.isEmpty())
            work.note(
                "certificates-ended",
                "their authority is distrusted",
                Map.of("devices", String.valueOf(ended.size())));
          return ended;
        });
  }
}
