// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import dev.vigil.admission.device.EnrolmentRules;
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
/// @param appleApps apps whose App Attest statements count, as team id and bundle id joined by a
///   dot
/// @param testRoots roots for development; whoever ends at one is shown as `test root`
/// @param releases a folder with newer files of makers' releases than those that came with Vigil
/// @param enrolment who may enrol what, and how many
public record Devices(
    List<AndroidApp> androidApps,
    Optional<Document> androidStatus,
    Optional<PlayKeys> play,
    List<String> appleApps,
    List<X509Certificate> testRoots,
    Optional<Path> releases,
    EnrolmentRules enrolment) {

  public Devices {
    androidApps = List.copyOf(androidApps);
    appleApps = List.copyOf(appleApps);
    testRoots = List.copyOf(testRoots);
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
