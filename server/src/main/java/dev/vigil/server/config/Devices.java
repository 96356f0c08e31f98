// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.admission.device.EnrolmentRules;
import dev.vigil.posture.attestation.AppAttest;
import dev.vigil.posture.attestation.play.PlayKeys;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whose word about devices counts.
///
/// @param androidApps apps whose key attestations count; with none, no Android statement is
///   verified
/// @param androidStatus where Google's list of revoked attestation keys comes from; empty for
///   Google's own address
/// @param play the keys of Play Integrity's tokens; empty if none are verified
/// @param apple apps whose App Attest statements count; with none, none are verified
/// @param tpmRoots authorities of TPMs whose attestations count over ACME
/// @param testRoots roots for development; whoever ends at one is shown as `test root`
/// @param releases a folder with newer files of makers' releases than those that came with Vigil
/// @param enrolment who may enrol what, and how many
public record Devices(
    List<AndroidApp> androidApps,
    Optional<Document> androidStatus,
    Optional<PlayKeys> play,
    AppleApps apple,
    List<X509Certificate> tpmRoots,
    List<X509Certificate> testRoots,
    Optional<Path> releases,
    EnrolmentRules enrolment) {

  public Devices {
    androidApps = List.copyOf(androidApps);
    tpmRoots = List.copyOf(tpmRoots);
    testRoots = List.copyOf(testRoots);
  }

  /// Apps of Apple's devices.
  ///
  /// @param apps each a team id and a bundle id
  /// @param environments where they may run: production, and development only if somebody says so
  public record AppleApps(Set<AppAttest.App> apps, Set<AppAttest.Environment> environments) {
    public AppleApps {
      apps = Set.copyOf(apps);
      environments = Set.copyOf(environments);
    }
  }

  /// An app for Android.
  ///
  /// @param name its package name
  /// @param signers SHA-256 of the certificates that may have signed it, in lower-case hexadecimal
  public record AndroidApp(String name, Set<String> signers) {
    public AndroidApp {
      signers = Set.copyOf(signers);
    }
  }
}
