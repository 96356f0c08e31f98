// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.policy.AccessRequest;
import java.util.Optional;

/// How a decision's device was attested, for whoever is shown the decision: a root that somebody
/// configured for development is never mistaken for the vendor's.
public final class DeviceAttestation {

  /// What stands for any root but the vendor's.
  public static final String TEST_ROOT = "test root";

  private DeviceAttestation() {}

  /// `hardware`, `software` or `test root`; empty if nothing was attested.
  public static Optional<String> of(AccessRequest request) {
    var device = request.device();
    return device
        .find("device.attestation_root")
        .map(String::valueOf)
        .flatMap(root ->
            root.equals("test")
                ? Optional.of(TEST_ROOT)
                : device.find("device.attestation").map(String::valueOf));
  }

  /// Whether a root for development stands behind it.
  public static boolean isTest(AccessRequest request) {
    return of(request).filter(TEST_ROOT::equals).isPresent();
  }
}
