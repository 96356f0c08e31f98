// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import dev.vigil.sdk.Posture;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/// What the app saw of its phone at one moment. It stays on the phone; what leaves it is
/// [#posture], or less with [PrivacyMode].
///
/// @param signs of a rooted system; which ones is not sent, for whoever roots phones would like to
///   know
/// @param app who asks
public record Seen(Release release, Locks locks, boolean managed, Set<RootSign> signs, App app) {

  public Seen {
    signs = Set.copyOf(signs);
  }

  /// What the phone is and runs; empty where it says nothing that can be read.
  public record Release(
      Optional<String> model, Optional<String> version, Optional<LocalDate> patch) {}

  /// How the phone is closed.
  ///
  /// @param encrypted whether the storage is, with a key that depends on the person's secret
  /// @param screen whether a PIN, pattern or password locks the screen
  /// @param developer whether developer options or debugging over USB are on
  public record Locks(boolean encrypted, boolean screen, boolean developer) {}

  /// The app itself.
  ///
  /// @param signer SHA-256 of the certificate that signed it, lower-case hexadecimal
  public record App(String name, Optional<String> signer) {}

  /// Whether any sign of a rooted system was found.
  public boolean rooted() {
    return !signs.isEmpty();
  }

  /// Only the answers that are yes or no and say nothing of who owns the phone.
  Posture flags() {
    return Posture.EMPTY
        .rooted(rooted())
        .screenLock(locks.screen())
        .with("encrypted", locks.encrypted())
        .with("developer_mode", locks.developer())
        .with("managed", managed);
  }

  /// Everything, as the server takes it.
  public Posture posture() {
    var posture = flags().with("platform", "android").with("app_name", app.name());
    if (app.signer().isPresent()) {
      posture = posture.with("app_signer", app.signer().get());
    }
    if (release.model().isPresent()) {
      posture = posture.with("model", release.model().get());
    }
    if (release.version().isPresent()) {
      posture = posture.osVersion(release.version().get());
    }
    if (release.patch().isPresent()) {
      posture = posture.patchDate(release.patch().get());
    }
    return posture;
  }
}
