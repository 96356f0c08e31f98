// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.admission.device.DeviceRefusal;
import dev.vigil.kernel.Refusal;
import dev.vigil.pki.PkiRefusal;
import dev.vigil.pki.acme.AcmeRefusal;
import dev.vigil.posture.attestation.AttestationRefusal;

/// What ACME calls a refusal (RFC 8555 section 6.7, draft-ietf-acme-device-attest section 5).
public final class AcmeError {

  private static final String PREFIX = "urn:ietf:params:acme:error:";
  private static final int SERVER = 500;

  private AcmeError() {}

  /// The error type, a URN.
  public static String of(Refusal refusal) {
    return PREFIX + name(refusal);
  }

  private static String name(Refusal refusal) {
    if (refusal.status() >= SERVER) return "serverInternal";
    return switch (refusal) {
      case AcmeRefusal known -> known.type();
      case AttestationRefusal _ -> "badAttestationStatement";
      case PkiRefusal _ -> "badCSR";
      case DeviceRefusal _ -> "unauthorized";
      case EdgeRefusal.TOO_OFTEN -> "rateLimited";
      default -> "malformed";
    };
  }
}
