// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import dev.vigil.sdk.Posture;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a person's own phone tells: answers that are yes or no, and nothing from which model,
/// version or owner could be read. The organisation's questions come with the managed
/// configuration; the answers are made on the phone.
///
/// @param patchAtLeast the oldest security patch that is good enough; answered as `patch_current`
/// @param versionAtLeast the oldest version of Android that is; answered as `os_current`
public record PrivacyMode(Optional<LocalDate> patchAtLeast, Optional<Version> versionAtLeast) {

  /// A version of Android.
  public record Version(int major, int minor) implements Comparable<Version> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,4})(?:\\.([0-9]{1,4}))?.*");

    /// The first two numbers of a text such as `16` or `8.1.0`.
    public static Optional<Version> of(String text) {
      var parts = FORM.matcher(text);
      if (!parts.matches()) {
        return Optional.empty();
      }
      var minor = parts.group(2);
      return Optional.of(
          new Version(
              Integer.parseInt(parts.group(1)), minor == null ? 0 : Integer.parseInt(minor)));
    }

    @Override
    public int compareTo(Version other) {
      return major == other.major
          ? Integer.compare(minor, other.minor)
          : Integer.compare(major, other.major);
    }
  }

  /// What leaves the phone. What the phone does not know is answered with no.
  public Posture posture(Seen seen) {
    var posture = seen.flags();
    if (patchAtLeast.isPresent()) {
      var current = seen.release().patch().filter(patch -> !patch.isBefore(patchAtLeast.get()));
      posture = posture.with("patch_current", current.isPresent());
    }
    if (versionAtLeast.isPresent()) {
      var current =
          seen.release()
              .version()
              .flatMap(Version::of)
              .filter(version -> version.compareTo(versionAtLeast.get()) >= 0);
      posture = posture.with("os_current", current.isPresent());
    }
    return posture;
  }
}
