// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.testkit.TpmStatements;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Key attestation by a whole TPM in software; its attestation key's certificate is ours.
class SoftwareTpmTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String BOUND =
      "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign";
  private static final Bytes EXTRA =
      Bytes.of(Sha256.of("token.thumbprint".getBytes(StandardCharsets.US_ASCII)).bytes());

  @TempDir Path folder;

  private final TpmStatements authority = TpmStatements.create();
  private final TpmKeyAttestation attestation =
      new TpmKeyAttestation(new Anchors(List.of(), List.of(authority.root())));

  @ParameterizedTest
  @CsvSource({"ecc,ecdsa,ecc256:ecdsa-sha256", "ecc,ecdsa,ecc", "rsa,rsassa,rsa2048:rsassa-sha256"})
  void a_key_that_it_made_is_proven(String kind, String scheme, String key) throws Exception {
    try (var tpm = SoftwareTpm.start(folder)) {
      var certificate = authority.certificate(tpm.attestationKey(kind, scheme), NOW, "laptop-7");
      var made = tpm.key(key, BOUND);
      var statement = tpm.certify(EXTRA, certificate).statement();
      assertThat(attestation.verify(statement, EXTRA, NOW))
          .isInstanceOfSatisfying(
              Outcome.Done.class,
              done -> assertThat(((Attested) done.value()).key()).contains(made));
      assertThat(attestation.verify(statement, Bytes.of(new byte[32]), NOW))
          .isEqualTo(Outcome.refused(AttestationRefusal.CHALLENGE_MISMATCH));
    }
  }

  @ParameterizedTest
  @CsvSource("sensitivedataorigin|userwithauth|sign")
  void a_key_that_may_be_duplicated_is_refused(String attributes) throws Exception {
    try (var tpm = SoftwareTpm.start(folder)) {
      var certificate = authority.certificate(tpm.attestationKey("ecc", "ecdsa"), NOW, "laptop-7");
      tpm.key("ecc256:ecdsa-sha256", attributes);
      var statement = tpm.certify(EXTRA, certificate).statement();
      assertThat(attestation.verify(statement, EXTRA, NOW))
          .isEqualTo(Outcome.refused(AttestationRefusal.NOT_HARDWARE));
    }
  }
}
