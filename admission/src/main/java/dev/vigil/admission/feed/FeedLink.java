// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.kernel.DeviceId;
import java.time.Instant;
import java.util.Optional;

/// Which device a product's id means. In one feed an id means at most one device and a device has
/// at most one id.
///
/// @param feed the product
/// @param management the product's id of the device
/// @param device empty exactly if it is contested
/// @param at since when
public record FeedLink(
    String feed, String management, Optional<DeviceId> device, How how, Instant at) {

  /// @throws IllegalArgumentException if a link has no device, or a contested id has one
  public FeedLink {
    if (device.isEmpty() != (how == How.CONTESTED))
      throw new IllegalArgumentException("only a contested id has no device");
  }

  /// By what it was made, weakest first.
  public enum How {
    /// Two devices could be meant, so none is.
    CONTESTED,
    /// The app says so; see [FeedRules.Claims].
    CLAIM,
    ADMINISTRATOR,
    /// The product names a certificate that we issued to the device.
    CERTIFICATE,
    /// The product names the device's key.
    KEY;

    /// Whether the product itself named what only this device has.
    public boolean proven() {
      return this == KEY || this == CERTIFICATE;
    }
  }
}
