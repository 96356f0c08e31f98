// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.kernel.DeviceId;
import java.util.List;

/// Which device a [DeviceSaid] is about.
public sealed interface Match {

  /// This one.
  record Found(DeviceId device, FeedLink.How how) implements Match {}

  /// None of ours.
  record Nobody() implements Match {}

  /// Two or more could be meant, so nothing said counts for any.
  record Contested(List<DeviceId> between) implements Match {
    public Contested {
      between = List.copyOf(between);
    }
  }
}
