// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.Tx.Conflict;
import dev.vigil.posture.Device;
import org.junit.jupiter.api.Test;

/// What every store keeps of issued certificates.
abstract class EndingContract extends StoreStage {

  @Test
  void certificates_of_one_kind_of_device_end_together_and_each_only_once() {
    var alice = scene.person("alice@bank.example");
    var phone = scene.phone(alice);
    var certificate = scene.certificate(phone);
    var at = certificate.notBefore().plusSeconds(60);
    change(tx -> {
      tx.put(alice);
      tx.put(phone);
      tx.put(certificate);
    });
    change(tx -> assertThat(tx.certificates().end(Device.Kind.PARTNER, at)).isEmpty());
    change(tx ->
        assertThat(
                tx.certificates().end(Device.Kind.PHONE, certificate.notBefore().minusSeconds(1)))
            .isEmpty());
    one(v -> v.certificate(certificate.thumbprint())).contains(certificate);
    change(
        tx -> assertThat(tx.certificates().end(Device.Kind.PHONE, at)).containsExactly(phone.id()));
    one(v -> v.certificate(certificate.thumbprint())).contains(certificate.endingAt(at));
    all(v -> v.certificatesOf(phone.id())).containsExactly(certificate.endingAt(at));
    change(tx -> assertThat(tx.certificates().end(Device.Kind.PHONE, at.plusSeconds(1))).isEmpty());
  }

  @Test
  void a_certificate_is_issued_once() {
    var alice = scene.person("alice@bank.example");
    var phone = scene.phone(alice);
    var first = scene.certificate(phone);
    var second = scene.certificate(phone);
    change(tx -> {
      tx.put(alice);
      tx.put(phone);
      tx.put(first);
      tx.put(second);
    });
    assertThatThrownBy(() -> change(tx -> tx.put(first))).isInstanceOf(Conflict.class);
    one(v -> v.certificate(first.thumbprint())).contains(first);
    all(v -> v.certificatesOf(phone.id())).containsExactly(first, second);
  }
}
