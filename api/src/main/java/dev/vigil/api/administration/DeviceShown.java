// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import dev.vigil.admission.administration.Devices;
import dev.vigil.posture.Contradiction;
import dev.vigil.posture.Signal;
import dev.vigil.posture.attestation.Attested;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The mapping from what sources say of a device to the JSON that administrators see.
final class DeviceShown {

  private DeviceShown() {}

  static ObjectNode known(Devices.Known known) {
    var node = Shown.object();
    node.set("device", Shown.device(known.device()));
    known.owner().ifPresent(owner -> node.set("owner", Shown.subject(owner)));
    node.put("test_root", known.evidence().testRoot());
    var signals = node.putArray("signals");
    known.signals().forEach(said -> signals.add(current(said)));
    var contradictions = node.putArray("contradictions");
    known.evidence().posture().contradictions().forEach(one -> contradictions.add(both(one)));
    var certificates = node.putArray("certificates");
    known.certificates().forEach(one -> certificates.add(Shown.certificate(one)));
    return node;
  }

  private static ObjectNode current(Devices.Said said) {
    return signal(said.signal())
        .put("age_seconds", said.age().toSeconds())
        .put("current", said.current());
  }

  private static ObjectNode both(Contradiction one) {
    var node = Shown.object().put("label", one.label());
    node.set("believed", signal(one.believed()));
    node.set("against", signal(one.against()));
    return node;
  }

  /// `{"items": [...]}`, newest first; `observed` is when the source began to say so.
  static ObjectNode history(List<Signal> signals) {
    var node = Shown.object();
    var items = node.putArray("items");
    signals.forEach(one -> items.add(signal(one)));
    return node;
  }

  private static ObjectNode signal(Signal signal) {
    var node =
        Shown.object()
            .put("name", signal.name().label())
            .put("value", signal.value())
            .put("source", signal.source())
            .put("tier", Shown.label(signal.tier()));
    return node.put("test_root", Attested.underTestRoot(signal))
        .put("observed", signal.observed().toString())
        .put("expires", signal.expires().toString());
  }
}
