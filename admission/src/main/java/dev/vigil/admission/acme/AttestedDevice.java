// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.acme;

import dev.vigil.admission.Changes;
import dev.vigil.admission.device.Grants;
import dev.vigil.admission.device.Grants.Grant;
import dev.vigil.admission.device.Grants.Protocol;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.KeyThumbprint;
import dev.vigil.pki.acme.AcmeRefusal;
import dev.vigil.pki.acme.Order;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether an attestation that was verified is of the device that an order is for.
final class AttestedDevice {

  private final Changes changes;
  private final Grants grants;

  AttestedDevice(Changes changes, Grants grants) {
    this.changes = changes;
    this.grants = grants;
  }

  /// It is.
  record Fitting(Sha256 key, Attested said) {
    List<Signal> signals(Instant now) {
      return said.signals(now, Signal.ATTESTED_LIFETIME);
    }
  }

  Outcome<Fitting> fits(AcmeOrders.Shown shown, Attested said) {
    return key(said)
        .then(key -> {
          var order = shown.order();
          if (order.renews().isPresent()) return renewing(order, new Fitting(key, said));
          return grant(shown)
              .map(grant -> granted(grant, new Fitting(key, said)))
              .orElseGet(() -> Outcome.refused(AcmeRefusal.IDENTIFIER_REJECTED));
        });
  }

  private static Outcome<Sha256> key(Attested said) {
    if (!(said.key().orElse(null) instanceof ECPublicKey key))
      return Outcome.refused(AttestationRefusal.KEY_MISMATCH);
    try {
      return Outcome.done(KeyThumbprint.of(key));
    } catch (IllegalArgumentException e) { // on another curve: no certificate would be issued
      return Outcome.refused(AttestationRefusal.KEY_MISMATCH);
    }
  }

  private Optional<Grant> grant(AcmeOrders.Shown shown) {
    return grants.find(shown.identifier(), Protocol.ACME);
  }

  private static Outcome<Fitting> granted(Grant grant, Fitting fitting) {
    boolean another =
        grant
            .permanentIdentifier()
            .filter(wanted -> !fitting.said().identifiers().containsValue(wanted))
            .isPresent();
    return another ? Outcome.refused(AcmeRefusal.ATTESTED_ANOTHER) : Outcome.done(fitting);
  }

  private Outcome<Fitting> renewing(Order order, Fitting fitting) {
    return device(order).filter(device -> device.key().equals(fitting.key())).isPresent()
        ? Outcome.done(fitting)
        : Outcome.refused(AttestationRefusal.KEY_MISMATCH);
  }

  private Optional<Device> device(Order order) {
    return order.renews().flatMap(id -> changes.read(view -> view.device(id)));
  }

  /// Whom an event of this order is about: the owner, and the device if there is one.
  List<Object> owner(AcmeOrders.Shown shown) {
    var device = device(shown.order());
    if (device.isPresent()) return List.of(device.get().id(), device.get().subject());
    return grant(shown).<List<Object>>map(grant -> List.of(grant.subject())).orElse(List.of());
  }
}
