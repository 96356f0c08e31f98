// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.DeviceId;
import dev.vigil.posture.Signal;
import java.time.Instant;
import java.util.List;

/// Changes of what sources say. As with every [Tx], the device must be stored.
public interface SignalsTx extends SignalsView {

  /// Replaces the signals of the same source and name; history is kept.
  void put(DeviceId device, List<Signal> signals);

  /// The same of signals that say nothing new, only later; no history is made of it.
  void freshen(DeviceId device, List<Signal> signals);

  /// Removes the signals of a device that have expired at `now` and returns them; history stays.
  List<Signal> removeExpired(DeviceId device, Instant now);

  /// Removes every signal of one source about a device; history stays.
  void removeSource(DeviceId device, String source);
}
