// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.port;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Asks the platform to vouch for the device and its key (Android key attestation, App Attest,
/// ...). A port.
@FunctionalInterface
public interface Attestor {

  /// A platform that vouches for nothing; posture then stays on the tier `reported`.
  Attestor NONE = nonce -> Optional.empty();

  /// A statement over the server's single-use nonce, or empty if this platform has none to give.
  Optional<Attestation> attest(byte[] nonce) throws IOException;

  /// What the platform signed.
  ///
  /// @param format the registered name of the statement's form, such as `android-key` or
  ///   `apple-appattest`
  /// @param parts the statement's parts in order, as the form defines them, such as a certificate
  ///   chain in DER
  /// @param keyChain where `parts` vouch for a fresh key, made for the nonce: what the platform
  ///   signed about the device's own key when that was made, in the same form; else empty
  record Attestation(String format, List<byte[]> parts, List<byte[]> keyChain) {
    public Attestation {
      parts = List.copyOf(parts);
      keyChain = List.copyOf(keyChain);
    }

    /// A statement that vouches for the device's own key.
    public Attestation(String format, List<byte[]> parts) {
      this(format, parts, List.of());
    }
  }
}
