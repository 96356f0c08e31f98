// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.DeviceId;
import dev.vigil.posture.Signal;
import java.time.Instant;
import java.util.List;

/// What sources say of devices. A port of the [Store].
public interface SignalsView {

  /// The latest signal of each source and name, expired ones included until they are removed.
  List<Signal> of(DeviceId device);

  /// What sources said of a device in the course of time, newest first, at most `limit`: each
  /// signal when it began to say something else.
  List<Signal> history(DeviceId device, int limit);

  /// Devices with a signal that has expired at `now`, at most `limit`.
  List<DeviceId> devicesWithExpired(Instant now, int limit);
}
