// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Sha256;
import java.util.Set;

/// An Android app that may speak for a device.
///
/// @param packageName such as `com.example.bank`
/// @param signers digests of the certificates that may sign it; more than one while a signer is
///   being changed, never none
public record KnownApp(String packageName, Set<Sha256> signers) {

  /// @throws IllegalArgumentException if there is no name or no signer
  public KnownApp {
    signers = Set.copyOf(signers);
    if (packageName.isBlank()) throw new IllegalArgumentException("an app has a name");
    if (signers.isEmpty())
      throw new IllegalArgumentException("`" + packageName + "` has no signer that is known");
  }

  /// Whether this is the app that is named, signed by nobody but known signers.
  public boolean is(String name, Set<Sha256> signedBy) {
    return packageName.equals(name) && !signedBy.isEmpty() && signers.containsAll(signedBy);
  }
}
