// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.kernel.Sha256;
import dev.vigil.posture.SignalName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What a product says of one device, before it is known which device that is.
///
/// @param id what the product calls it
/// @param says values as they are written in reports; what the product leaves out stays out
/// @param observed when the product saw it, if it says so; at the latest when it was asked
public record DeviceSaid(Ids id, Map<SignalName, String> says, Optional<Instant> observed) {

  public DeviceSaid {
    says = Map.copyOf(says);
  }

  /// By what a device is recognised. A serial number alone never is enough: anybody can type one.
  ///
  /// @param management the product's own id of the device, once it was linked
  /// @param key RFC 7638 thumbprint of the device's key, which an attestation or our app told the
  ///   product
  /// @param certificate SHA-256 of a certificate of ours that the product put on the device
  /// @param serialNumber to show to people
  /// @param user the user name or mail address that the product has for the owner
  public record Ids(
      String management,
      Optional<Sha256> key,
      Optional<Sha256> certificate,
      Optional<String> serialNumber,
      Optional<String> user) {}
}
