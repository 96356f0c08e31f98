// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.kernel.DeviceId;
import java.time.Instant;

/// What a device says that a product calls it. Nothing is believed for it alone.
///
/// @param feed the product
/// @param management the product's id of the device, as its managed configuration told the app
public record FeedClaim(String feed, String management, DeviceId device, Instant at) {}
