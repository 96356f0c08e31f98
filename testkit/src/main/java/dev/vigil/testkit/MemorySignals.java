// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.SignalsTx;
import dev.vigil.admission.Tx.Conflict;
import dev.vigil.kernel.DeviceId;
import dev.vigil.posture.Signal;
import dev.vigil.testkit.MemoryState.SignalKey;
import java.time.Instant;
import java.util.List;

/// What sources say of devices in a [MemoryState].
final class MemorySignals implements SignalsTx {

  private final MemoryView view;

  MemorySignals(MemoryView view) {
    this.view = view;
  }

  @Override
  public List<Signal> of(DeviceId device) {
    return view.open().signals.entrySet().stream()
        .filter(one -> one.getKey().device().equals(device))
        .map(one -> one.getValue())
        .toList();
  }

  @Override
  public List<Signal> history(DeviceId device, int limit) {
    return view.open().signalHistory.reversed().stream()
        .filter(one -> one.device().equals(device))
        .map(MemoryState.Said::signal)
        .limit(limit)
        .toList();
  }

  @Override
  public List<DeviceId> devicesWithExpired(Instant now, int limit) {
    return view.open().signals.entrySet().stream()
        .filter(one -> !one.getValue().countsAt(now))
        .map(one -> one.getKey().device())
        .distinct()
        .limit(limit)
        .toList();
  }

  @Override
  public void put(DeviceId device, List<Signal> signals) {
    freshen(device, signals);
    for (var signal : signals) view.open().signalHistory.add(new MemoryState.Said(device, signal));
  }

  @Override
  public void freshen(DeviceId device, List<Signal> signals) {
    signals.forEach(TextLimits::check);
    if (view.device(device).isEmpty()) throw new Conflict("the device is not stored");
    for (var signal : signals)
      view.open().signals.put(new SignalKey(device, signal.source(), signal.name()), signal);
  }

  @Override
  public List<Signal> removeExpired(DeviceId device, Instant now) {
    var expired = of(device).stream().filter(signal -> !signal.countsAt(now)).toList();
    for (var signal : expired)
      view.open().signals.remove(new SignalKey(device, signal.source(), signal.name()));
    return expired;
  }

  @Override
  public void removeSource(DeviceId device, String source) {
    view.open()
        .signals
        .keySet()
        .removeIf(key -> key.device().equals(device) && key.source().equals(source));
  }
}
