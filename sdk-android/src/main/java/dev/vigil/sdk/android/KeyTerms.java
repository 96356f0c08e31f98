// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import java.time.Duration;

/// On what terms the device's key signs.
///
/// @param alias the key's name in Android's key store; private to the app
/// @param unlock what the person must do first
public record KeyTerms(String alias, Unlock unlock) {

  /// A key that signs whenever the app asks: the usual, since every request needs a signature.
  public static final KeyTerms USUAL = new KeyTerms("vigil-device", new Unlock.Nothing());

  /// A key that signs for a while after a strong biometric, and is lost when another finger or face
  /// is enrolled on the phone; this app then enrols anew.
  public static KeyTerms biometric(Duration window) {
    return new KeyTerms("vigil-device", new Unlock.Biometric(window));
  }

  /// What the person must do before the key signs.
  public sealed interface Unlock {

    /// Nothing, not even unlock the screen.
    record Nothing() implements Unlock {}

    /// Unlock the screen.
    record Screen() implements Unlock {}

    /// Show a strong biometric (Android's class 3). Before Android 11 the phone takes the screen's
    /// PIN or pattern as well, and another finger does not end the key.
    ///
    /// @param window for how long the key then signs, 1 s to 8 h; shorter than a sign-in takes is
    ///   of no use
    record Biometric(Duration window) implements Unlock {
      public Biometric {
        if (window.compareTo(Duration.ofSeconds(1)) < 0
            || window.compareTo(Duration.ofHours(8)) > 0) {
          throw new IllegalArgumentException("a key's window is one second to eight hours");
        }
      }
    }
  }
}
