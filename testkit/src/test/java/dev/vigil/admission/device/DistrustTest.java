// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import static dev.vigil.admission.device.DeviceScenes.because;
import static dev.vigil.admission.device.DeviceScenes.refusal;
import static dev.vigil.admission.device.DeviceScenes.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.FactsSink;
import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.Keys;
import dev.vigil.admission.administration.SigningKeys;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.pki.Authority;
import dev.vigil.pki.Branch;
import dev.vigil.pki.Issuer;
import dev.vigil.pki.KeyUnavailable;
import dev.vigil.pki.SigningKey;
import dev.vigil.posture.Device;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of devices when the keys of their authority are rotated, distrusted or away.
class DistrustTest {

  private final DeviceScenes scene = new DeviceScenes();
  private final Rotated rotated = new Rotated();
  private final Keys keys = new Keys(scene.changes, rotated);

  /// Keys that are rotated by saying so.
  private final class Rotated implements SigningKeys {
    Optional<Instant> distrusted = Optional.empty();

    @Override
    public List<Key> list() {
      return List.of();
    }

    @Override
    public Outcome<Key> rotate(String purpose, Former former) {
      var now = scene.time.now();
      if (former == Former.DISTRUSTED) distrusted = Optional.of(now);
      return Outcome.done(
          new Key(purpose, Optional.of(Device.Kind.PHONE), Place.FILE, now, now, List.of()));
    }

    @Override
    public Optional<Instant> distrustedAt(Device.Kind kind) {
      return kind == Device.Kind.PHONE ? distrusted : Optional.empty();
    }
  }

  @Test
  void only_whoever_used_the_passkey_just_now_rotates() {
    var session = scene.signedIn(scene.alice, scene.phone);
    scene.time.pass(Duration.ofMinutes(10));
    assertThat(
            refusal(
                keys.rotate(
                    because("theft"), session, "device-authority", SigningKeys.Former.DISTRUSTED)))
        .isEqualTo(AdministrationRefusal.PASSKEY_AGAIN);
    assertThat(rotated.distrusted).isEmpty();
    var again = scene.signedIn(scene.alice, scene.phone);
    value(
        keys.rotate(
            because("theft"), again, "device-authority", SigningKeys.Former.STILL_BELIEVED));
    assertThat(scene.lastEvents()).containsExactly("key-rotated");
  }

  @Test
  void distrust_ends_certificates_at_once_and_their_phones_renew() {
    var issued = scene.enrolled();
    scene.time.pass(Duration.ofMinutes(5));
    value(keys.rotate("device-authority", SigningKeys.Former.DISTRUSTED));
    assertThat(scene.lastEvents()).containsExactly("key-distrusted");
    var ended = scene.sink.last(FactsSink.Change.CertificatesEnded.class);
    assertThat(ended.devices()).containsExactly(issued.device().id());
    assertThat(ended.at()).isEqualTo(scene.time.now());
    var renewed =
        value(scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest()));
    assertThat(scene.deviceFacts().certificates())
        .extracting(FactsSink.Admitted::thumbprint)
        .containsExactly(renewed.certificate().thumbprint());
  }

  @Test
  void a_phone_that_was_off_is_known_as_expired_after_a_restart_and_renews_within_thirty_days() {
    var issued = scene.enrolled();
    value(keys.rotate("device-authority", SigningKeys.Former.DISTRUSTED));
    scene.time.pass(Duration.ofDays(29));
    scene.changes.load();
    assertThat(scene.deviceFacts().certificates())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.thumbprint()).isEqualTo(issued.certificate().thumbprint());
          assertThat(one.notAfter()).isBefore(scene.time.now());
        });
    value(scene.renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest()));
  }

  @Test
  void what_a_stopped_process_left_undone_is_done_at_the_next_start_and_only_once() {
    scene.enrolled();
    scene.time.pass(Duration.ofMinutes(5));
    rotated.distrusted = Optional.of(scene.time.now());
    keys.settle();
    assertThat(scene.lastEvents()).containsExactly("certificates-ended");
    int commits = scene.sink.all().size();
    keys.settle();
    assertThat(scene.sink.all()).hasSize(commits);
  }

  @Test
  void while_an_authoritys_key_is_away_nothing_is_issued_and_nothing_changes() {
    scene.enrolled();
    var renewal = new Renewal(scene.changes, branch -> away(branch), Duration.ofHours(24));
    int commits = scene.sink.all().size();
    assertThat(refusal(renewal.renew(scene.phone.thumbprint(), scene.phone.certificateRequest())))
        .isEqualTo(DeviceRefusal.AUTHORITY_AWAY);
    assertThat(scene.sink.all()).hasSize(commits);
  }

  private Authority away(Branch branch) {
    var certificate = scene.authorities.authority(branch).certificate();
    return new Authority(
        branch,
        new Issuer(
            certificate,
            new SigningKey() {
              @Override
              public ECPublicKey publicKey() {
                return (ECPublicKey) certificate.getPublicKey();
              }

              @Override
              public byte[] sign(byte[] content) {
                throw new KeyUnavailable("the token is away: " + Bytes.of(content).size());
              }
            }));
  }
}
