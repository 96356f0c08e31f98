// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.scep;

import dev.vigil.kernel.Bytes;
import java.security.cert.X509Certificate;

/// The RSA key of the registration authority: devices encrypt to it, because the authorities
/// themselves have keys that only sign. A port.
public interface RegistrationKey {

  /// Its certificate, issued by the intermediate for devices.
  X509Certificate certificate();

  /// RSASSA-PKCS1-v1_5 with SHA-256 over the content.
  byte[] sign(byte[] content);

  /// The content key that was wrapped for this key with RSAES-PKCS1-v1_5. What cannot be unwrapped,
  /// or has another length, gives a random key, so that nobody learns whether the padding was right
  /// (RFC 3218 section 2.3.2).
  ///
  /// @param length in bytes
  Bytes unwrap(Bytes wrapped, int length);
}
