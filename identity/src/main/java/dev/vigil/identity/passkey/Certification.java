// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import java.util.Arrays;
import java.util.Optional;

/// FIDO's certification levels of authenticator models, lowest first (FIDO Metadata Service 3,
/// section 3.1.4).
public enum Certification {
  /// Certified before there were levels.
  FIDO_CERTIFIED,
  FIDO_CERTIFIED_L1,
  FIDO_CERTIFIED_L1_PLUS,
  FIDO_CERTIFIED_L2,
  FIDO_CERTIFIED_L2_PLUS,
  FIDO_CERTIFIED_L3,
  FIDO_CERTIFIED_L3_PLUS;

  /// The level by its name in metadata: `FIDO_CERTIFIED_L1plus` is FIDO's own way to write it.
  public static Optional<Certification> named(String name) {
    String ours = name.replace("plus", "_PLUS");
    return Arrays.stream(values()).filter(level -> level.name().equals(ours)).findFirst();
  }
}
