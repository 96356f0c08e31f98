// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationScene.done;
import static dev.vigil.admission.administration.AdministrationScene.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.FactsSink;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who is signed in, on what.
class SessionsAndDevicesTest {

  private final AdministrationScene scene = new AdministrationScene();

  @Test
  void a_revoked_session_is_over_at_once_and_stays_over() {
    var session = scene.session(scene.invited("alice"));
    done(scene.sessions.revoke(scene.mandate, session.id()));
    assertThat(scene.sessions.list()).isEmpty();
    assertThat(scene.lastEvent())
        .returns("session-revoked", SecurityEvent::type)
        .returns("because the test says so", SecurityEvent::cause);
    assertThat(scene.sink.last(FactsSink.Change.OfSession.class).ended()).isTrue();
    int events = scene.events().size();
    done(scene.sessions.revoke(scene.mandate, session.id()));
    assertThat(scene.events()).hasSize(events);
  }

  @Test
  void a_session_that_never_was_cannot_be_revoked() {
    assertThat(refusal(scene.sessions.revoke(scene.mandate, SessionId.random(scene.entropy))))
        .contains(AdministrationRefusal.NO_SUCH_SESSION);
  }

  @Test
  void sessions_are_listed_by_person_and_only_while_they_live() {
    var alice = scene.invited("alice");
    var bob = scene.invited("bob");
    var hers = scene.session(alice);
    scene.session(bob);
    assertThat(scene.sessions.of(alice.id())).containsExactly(hers);
    scene.time.pass(Duration.ofHours(9));
    assertThat(scene.sessions.list()).isEmpty();
  }

  @Test
  void a_device_is_shown_with_what_every_source_says_and_which_of_it_counts() {
    var alice = scene.invited("alice");
    var device =
        new Device(
            DeviceId.random(scene.entropy),
            Device.Kind.PHONE,
            alice.id(),
            Sha256.of(new byte[] {1}),
            "Alice's phone",
            scene.time.now(),
            Optional.empty());
    var reported =
        new Signal(
            SignalName.OS_VERSION,
            "18.0",
            "sdk",
            EvidenceTier.REPORTED,
            scene.time.now(),
            scene.time.now().plusSeconds(3600));
    var managed =
        new Signal(
            SignalName.OS_VERSION,
            "17.1",
            "intune",
            EvidenceTier.MANAGED,
            scene.time.now(),
            scene.time.now().plusSeconds(3600));
    scene.store.change(tx -> {
      tx.put(device);
      tx.signals().put(device.id(), List.of(reported, managed));
      return true;
    });
    scene.time.pass(Duration.ofMinutes(5));
    var known = done(scene.devices.show(device.id()));
    assertThat(known.owner()).contains(alice);
    assertThat(known.signals())
        .extracting(said -> said.signal().source())
        .containsExactly("intune", "sdk");
    assertThat(known.signals()).extracting(Devices.Said::current).containsExactly(true, false);
    assertThat(known.signals()).extracting(Devices.Said::age).containsOnly(Duration.ofMinutes(5));
    assertThat(known.evidence().others()).containsExactly(reported);
    assertThat(known.evidence().testRoot()).isFalse();
    assertThat(refusal(scene.devices.show(DeviceId.random(scene.entropy))))
        .contains(AdministrationRefusal.NO_SUCH_DEVICE);
    assertThat(done(scene.devices.history(device.id(), 10))).containsExactly(managed, reported);
    assertThat(done(scene.devices.history(device.id(), 1))).containsExactly(managed);
    assertThat(refusal(scene.devices.history(DeviceId.random(scene.entropy), 10)))
        .contains(AdministrationRefusal.NO_SUCH_DEVICE);
  }
}
