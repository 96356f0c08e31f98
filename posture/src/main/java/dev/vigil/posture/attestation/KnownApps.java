// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Sha256;
import java.util.Collection;
import java.util.Set;

/// The Android apps that may speak for a device; none listed means any.
public record KnownApps(Set<KnownApp> apps) {

  public KnownApps {
    apps = Set.copyOf(apps);
  }

  /// Whichever app.
  public static KnownApps any() {
    return new KnownApps(Set.of());
  }

  /// Whether one of these names is an app of ours and all the signers are known ones of it. Apps
  /// that share a user id are named together, and have the same signers.
  public boolean hold(Collection<String> names, Set<Sha256> signedBy) {
    return apps.isEmpty()
        || apps.stream().anyMatch(app -> names.stream().anyMatch(name -> app.is(name, signedBy)));
  }

  /// Whether this is the name of an app of ours, whoever signed it.
  public boolean name(String packageName) {
    return apps.isEmpty() || apps.stream().anyMatch(app -> app.packageName().equals(packageName));
  }
}
