// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The roots that statements of one format may end at.
///
/// @param vendor the vendor's own
/// @param test roots for development; empty unless the configuration names one
public record Anchors(List<X509Certificate> vendor, List<X509Certificate> test) {

  public Anchors {
    vendor = List.copyOf(vendor);
    test = List.copyOf(test);
  }

  /// Nobody is believed.
  public static Anchors none() {
    return new Anchors(List.of(), List.of());
  }

  /// Whose root this key is; empty if nobody's. A key that stands in both lists is a test root.
  public Optional<TrustRoot> rootOf(PublicKey key) {
    if (holds(test, key)) return Optional.of(TrustRoot.TEST);
    return holds(vendor, key) ? Optional.of(TrustRoot.VENDOR) : Optional.empty();
  }

  private static boolean holds(List<X509Certificate> roots, PublicKey key) {
    return roots.stream().anyMatch(root -> root.getPublicKey().equals(key));
  }

  /// Every root.
  public List<X509Certificate> all() {
    return Stream.concat(test.stream(), vendor.stream()).toList();
  }
}
