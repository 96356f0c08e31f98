// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.baseline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A ready-made policy file for the phones of one platform: an access level of its name, and guards
/// that tell the person what to put right. It permits nothing by itself.
public enum Baseline {
  ANDROID_MODERATE("a lock, encryption and a patched system, at most 90 days behind"),
  ANDROID_STRICT("proven by the hardware, booted as made, at most 30 days behind"),
  IOS_MODERATE("a lock and a patched system, at most 60 days behind"),
  IOS_STRICT("an app that Apple vouches for, at most 14 days behind");

  private final String summary;

  Baseline(String summary) {
    this.summary = summary;
  }

  /// The name of the access level and of the file, such as `android-strict`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What it asks for, in a few words.
  public String summary() {
    return summary;
  }

  /// The names of all.
  public static List<String> labels() {
    return Arrays.stream(values()).map(Baseline::label).toList();
  }

  /// The baseline of this name, if there is one.
  public static Optional<Baseline> find(String label) {
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
  }

  /// The policy file.
  public String text() {
    try (InputStream in = Baseline.class.getResourceAsStream(label() + ".yaml")) {
      if (in == null) throw new IllegalStateException("a file of ours is missing: " + label());
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
