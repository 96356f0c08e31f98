// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.DeviceId;
import java.time.Duration;

/// What a client certificate will say, whatever was asked for: the name is the device's id, the use
/// is client authentication.
///
/// @param lifetime from now; a minute to 90 days
public record ClientProfile(DeviceId device, Duration lifetime) {

  /// How long a phone's certificate lives unless configured otherwise.
  public static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);

  static final Duration SHORTEST = Duration.ofMinutes(1);
  static final Duration LONGEST = Duration.ofDays(90);

  /// The URI in the subject alternative name.
  public String uri() {
    return "urn:vigil:device:" + device.value();
  }
}
