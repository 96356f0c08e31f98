// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All current signals of a device, one per name: the strongest tier wins, then the freshest; never
/// the friendliest. Where sources contradict each other that is kept beside them.
public record Posture(Map<SignalName, Signal> signals, List<Contradiction> contradictions) {

  /// Nothing is known.
  public static final Posture UNKNOWN = new Posture(Map.of(), List.of());

  public Posture {
    signals = Map.copyOf(signals);
    contradictions = List.copyOf(contradictions);
  }

  /// The current signals among all that sources said, in any order; what has expired at `now`
  /// counts no longer.
  public static Posture merge(List<Signal> all, Instant now) {
    var counting = all.stream().filter(signal -> signal.countsAt(now)).toList();
    var best = new EnumMap<SignalName, Signal>(SignalName.class);
    for (Signal signal : counting) best.merge(signal.name(), signal, Posture::stronger);
    return new Posture(best, Contradiction.among(counting));
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

  /// The current value of this name; empty if unknown.
  public Optional<String> value(SignalName name) {
    return find(name).map(Signal::value);
  }
}
