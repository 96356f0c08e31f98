// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All current signals of a device, one per name: the strongest tier wins, then the freshest; never
/// the friendliest.
public record Posture(Map<SignalName, Signal> signals) {

  /// Nothing is known.
  public static final Posture UNKNOWN = new Posture(Map.of());

  public Posture {
    signals = Map.copyOf(signals);
  }

  /// The current signals among all that sources said, in any order.
  public static Posture merge(List<Signal> all) {
    var best = new EnumMap<SignalName, Signal>(SignalName.class);
    for (Signal signal : all) best.merge(signal.name(), signal, Posture::stronger);
    return new Posture(best);
  }

  private static Signal stronger(Signal a, Signal b) {
    int byTier = a.tier().compareTo(b.tier());
    if (byTier != 0) return byTier > 0 ? a : b;
    return b.observed().isBefore(a.observed()) ? a : b;
  }

  /// The current signal of this name; empty if unknown.
  public Optional<Signal> find(SignalName name) {
    return Optional.ofNullable(signals.get(name));
  }
}
