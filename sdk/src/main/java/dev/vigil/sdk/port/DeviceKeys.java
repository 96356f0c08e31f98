// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.port;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/// Holds the one key of this device: ECDSA on P-256, in hardware where there is any. Never exports
/// it. A port.
public interface DeviceKeys {

  /// The public half, or empty before [#generate].
  Optional<ECPublicKey> publicKey();

  /// Makes the key, replacing an older one.
  ECPublicKey generate() throws GeneralSecurityException;

  /// A signature of SHA-256 with ECDSA over `data`, in ASN.1 DER form.
  byte[] sign(byte[] data) throws GeneralSecurityException;

  /// A handle for TLS client authentication; for a hardware key its `getEncoded` is null.
  PrivateKey handle() throws GeneralSecurityException;
}
