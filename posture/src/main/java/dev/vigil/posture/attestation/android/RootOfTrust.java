// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Bytes;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Sequence;

/// What the secure hardware was told by the bootloader (`RootOfTrust` of the schema).
///
/// @param key the key that verified the system
/// @param hash of everything that verified boot covers; empty before version 3 of the schema
record RootOfTrust(Bytes key, boolean locked, BootState state, Optional<Bytes> hash) {

  static RootOfTrust of(ASN1Sequence fields) {
    boolean hashed = fields.size() == 4;
    if (!hashed && fields.size() != 3)
      throw new IllegalArgumentException("a root of trust of another size");
    return new RootOfTrust(
        Asn1.octets(fields.getObjectAt(0)),
        Asn1.bool(fields.getObjectAt(1)),
        Asn1.oneOf(BootState.values(), BootState::number, fields.getObjectAt(2)),
        hashed ? Optional.of(Asn1.octets(fields.getObjectAt(3))) : Optional.empty());
  }

  /// Whether somebody vouches for the system, so that what the bootloader read from it is true.
  boolean vouched() {
    return locked && (state == BootState.VERIFIED || state == BootState.SELF_SIGNED);
  }

  /// Whether the device's maker does.
  boolean maker() {
    return locked && state == BootState.VERIFIED;
  }
}
