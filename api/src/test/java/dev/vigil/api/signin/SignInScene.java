// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.identity.Session;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/// A house to sign in to, with a browser and a phone in front of it.
abstract class SignInScene {

  final House house = new House();
  final Wire wire = new Wire();
  final Browser browser = new Browser(house, wire);
  final Phone phone = new Phone(house, wire);

  @AfterEach
  void close() {
    house.close();
  }

  void alice() {
    assertThat(browser.register(text(house.invite("alice@bank.example").secret())).status())
        .isEqualTo(200);
  }

  static String text(Secret secret) {
    return Bytes.of(secret.reveal()).toString();
  }

  Wire.Answer signedIn() {
    browser.open(phone.push(Phone.request()));
    return phone.redeem(Browser.code(browser.signIn()));
  }

  Session session(Wire.Answer tokens) {
    return house
        .changes
        .read(view -> view.session(new SessionId(tokens.text("session"))))
        .orElseThrow();
  }

  DeviceId enrolled() {
    return house.changes.commit(
        Actor.SYSTEM,
        work -> {
          var owner = work.tx().subjects().getFirst().id();
          var id = DeviceId.random(work.entropy());
          work.tx()
              .put(
                  new Device(
                      id,
                      Device.Kind.PHONE,
                      owner,
                      phone.thumbprint(),
                      "phone",
                      work.now(),
                      Optional.empty()));
          var der = Bytes.of(work.entropy().bytes(40));
          work.tx()
              .put(
                  new IssuedCertificate(
                      Sha256.of(der.toArray()),
                      "01",
                      id,
                      work.now(),
                      work.now().plus(Duration.ofDays(1)),
                      der));
          work.event("device-enrolled", "test", Map.of(), id);
          return id;
        });
  }
}
