// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Scene.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.CertificatesView;
import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.pki.RevocationList.Entry;
import dev.vigil.posture.Device;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// What every store keeps of certificates that were revoked. Run by [StoreContract].
final class CertificatesContract {

  private static final Instant LATER = NOON.plusSeconds(60);

  private final Store store;
  private final Scene scene;

  CertificatesContract(Store store, Scene scene) {
    this.store = store;
    this.scene = scene;
  }

  private void change(Consumer<Tx> body) {
    store.change(tx -> {
      body.accept(tx);
      return true;
    });
  }

  private <T> T read(Function<CertificatesView, T> query) {
    return store.read(view -> query.apply(view.certificates()));
  }

  private List<Entry> revoked(Device.Kind kind, Instant endingAfter) {
    return read(view -> view.revoked(kind, endingAfter));
  }

  private IssuedCertificate certificate(Device of, String serial) {
    return new IssuedCertificate(
        Sha256.of(scene.bytes(16)),
        serial,
        of.id(),
        NOON,
        NOON.plusSeconds(86_400),
        Bytes.of(scene.bytes(300)));
  }

  void check() {
    var alice = scene.person("alice");
    var phone = scene.phone(alice);
    var tablet = scene.phone(alice);
    var first = certificate(phone, "0a01");
    var second = certificate(phone, "0a02");
    var third = certificate(tablet, "0a03");
    change(tx -> {
      tx.put(alice);
      tx.put(phone);
      tx.put(tablet);
      List.of(first, second, third).forEach(tx::put);
    });
    assertThat(read(view -> view.numbered("0a02")).orElseThrow()).isEqualTo(second);
    assertThat(read(view -> view.numbered("0A02")).isPresent()).isFalse();
    assertThat(revoked(Device.Kind.PHONE, NOON)).isEmpty();
    change(tx -> tx.certificates().revoke(second.thumbprint(), NOON));
    change(tx -> tx.certificates().revoke(second.thumbprint(), LATER));
    change(tx -> tx.put(tablet.revoke(LATER, "lost")));
    withEntries(first, second);
    assertThatThrownBy(
            () -> change(tx -> tx.certificates().revoke(Sha256.of(scene.bytes(5)), NOON)))
        .isInstanceOf(Tx.Conflict.class);
  }

  private void withEntries(IssuedCertificate first, IssuedCertificate second) {
    IssuedCertificate kept =
        store.read(view -> view.certificate(second.thumbprint())).orElseThrow();
    assertThat(kept).as("it keeps its first time").isEqualTo(second.revoke(NOON));
    assertThat(store.read(view -> view.certificate(first.thumbprint())).orElseThrow())
        .isEqualTo(first);
    assertThat(revoked(Device.Kind.PHONE, NOON))
        .containsExactly(new Entry("0a02", NOON), new Entry("0a03", LATER));
    assertThat(revoked(Device.Kind.PARTNER, NOON)).isEmpty();
    assertThat(revoked(Device.Kind.PHONE, NOON.plusSeconds(86_400))).as("expired").isEmpty();
  }
}
