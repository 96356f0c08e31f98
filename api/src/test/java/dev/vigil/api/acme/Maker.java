// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import dev.vigil.admission.acme.AttestationVerifier;
import dev.vigil.admission.acme.PlatformAttestations;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.AppleDeviceAttestation;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.TpmKeyAttestation;
import dev.vigil.testkit.AppleStatements;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TpmStatements;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;

/// Apple and a maker of TPMs, with roots of our own: makes statements, and is believed as a test
/// root.
final class Maker implements AttestationVerifier {

  private final AppleStatements servers = AppleStatements.create();
  private final TpmStatements tpm = TpmStatements.create();
  private final AttestationVerifier platforms =
      new PlatformAttestations(
          new AppleDeviceAttestation(new Anchors(List.of(), List.of(servers.root()))),
          new TpmKeyAttestation(new Anchors(List.of(), List.of(tpm.root()))));
  volatile boolean reachable = true;

  /// What a phone sends for its key.
  Bytes vouch(PublicKey key, String token, String serial) {
    var phone = AppleStatements.Device.iphone(serial, "00008101-001");
    return servers.statement(key, phone, token, Instant.parse("2026-11-20T00:00:00Z"));
  }

  /// What a laptop's TPM sends for its key.
  Bytes vouchByTpm(SoftwareKey key, String keyAuthorization) {
    var digest = Sha256.of(keyAuthorization.getBytes(StandardCharsets.US_ASCII));
    return tpm.statement(key, Bytes.of(digest.bytes()), Instant.parse("2026-11-20T00:00:00Z"));
  }

  @Override
  public Outcome<Attested> verify(Statement statement, Instant now) {
    return reachable
        ? platforms.verify(statement, now)
        : Outcome.refused(AttestationRefusal.REVOCATION_UNKNOWN);
  }
}
