// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Device;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The server's signing keys as an administrator sees and rotates them. A port: the keys are held
/// elsewhere, and nothing here is secret.
public interface SigningKeys {

  /// Every key, by what it is for.
  List<Key> list();

  /// Makes a new key for a purpose, such as `device-authority`; it signs from now on.
  Outcome<Key> rotate(String purpose, Former former);

  /// When certificates of this kind of device were last distrusted as a whole; empty if they never
  /// were, or long ago.
  Optional<Instant> distrustedAt(Device.Kind kind);

  /// What becomes of the key that is rotated away.
  enum Former {
    /// What it signed is believed until it expires.
    STILL_BELIEVED,
    /// Nothing that it or any before it signed is believed any more, as after a theft.
    DISTRUSTED
  }

  /// Where a private key is.
  enum Place {
    /// In the encrypted file.
    FILE,
    /// In the PKCS#11 token.
    TOKEN,
    /// In the PKCS#11 token, which cannot be reached at the moment.
    TOKEN_AWAY
  }

  /// A key.
  ///
  /// @param issuesFor whose certificates it signs; empty if it is no authority for clients
  /// @param notAfter until when its certificate is good
  /// @param retired those that were rotated away and are still known, oldest first
  record Key(
      String purpose,
      Optional<Device.Kind> issuesFor,
      Place place,
      Instant since,
      Instant notAfter,
      List<Retired> retired) {
    public Key {
      retired = List.copyOf(retired);
    }
  }

  /// A key that was rotated away.
  record Retired(Instant at, Former former) {}
}
