// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Bytes;
import java.util.List;
import java.util.stream.Stream;

/// What a platform said, as the phone sent it, before anything of it is believed.
///
/// @param format the label of an [AttestationFormat]
/// @param parts as the format has them, such as a certificate chain, leaf first
/// @param keyParts a second statement of the same format about the device's key itself, for
///   platforms whose statements cannot answer a challenge for a key that exists; empty if there is
///   none
public record Statement(String format, List<Bytes> parts, List<Bytes> keyParts) {

  public Statement {
    parts = List.copyOf(parts);
    keyParts = List.copyOf(keyParts);
  }

  /// How large it is, in bytes.
  public int size() {
    return Stream.concat(parts.stream(), keyParts.stream()).mapToInt(Bytes::size).sum();
  }
}
