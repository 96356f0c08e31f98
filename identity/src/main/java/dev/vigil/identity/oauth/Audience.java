// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import java.util.Arrays;
import java.util.Optional;

/// Whom an access token is for.
public enum Audience {
  /// The API itself: bound to the key by DPoP.
  API("vigil-api"),
  /// The gateway: bound to the device's certificate.
  GATEWAY("vigil-gateway");

  private final String label;

  Audience(String label) {
    this.label = label;
  }

  /// The name in tokens and in the parameters `audience` and `resource`.
  public String label() {
    return label;
  }

  static Optional<Audience> named(String label) {
    return Arrays.stream(values()).filter(audience -> audience.label.equals(label)).findFirst();
  }
}
