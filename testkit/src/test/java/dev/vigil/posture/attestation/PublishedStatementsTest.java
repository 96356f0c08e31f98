// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.attestation.PublishedSamples.AppAttestSample;
import dev.vigil.posture.attestation.PublishedSamples.TpmSample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Statements that Apple's servers and a TPM made for others, at the time they were made.
class PublishedStatementsTest {

  private static final Instant TPM_TIME = Instant.parse("2019-06-01T00:00:00Z");

  private static Outcome<AppAttest.Accepted> verify(AppAttestSample sample, Bytes statement) {
    return new AppAttest(AppleRoot.APP.anchors(), sample.itself())
        .verify(statement, sample.keyId(), sample.challenge(), sample.made());
  }

  @ParameterizedTest
  @EnumSource(AppAttest.Environment.class)
  void what_apple_attested_is_accepted(AppAttest.Environment environment) {
    var sample = AppAttestSample.of(environment);
    assertThat(verify(sample, sample.statement()))
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            done -> {
              var accepted = (AppAttest.Accepted) done.value();
              assertThat(accepted.attested().root()).isEqualTo(TrustRoot.VENDOR);
              assertThat(accepted.attested().says())
                  .containsEntry(SignalName.APP_NAME, "io.uebelacker.AppAttestExample");
              assertThat(accepted.credential().environment()).isEqualTo(environment);
              assertThat(accepted.receipt().size()).isPositive();
            });
  }

  @ParameterizedTest
  @EnumSource(AppAttest.Environment.class)
  void no_spoilt_copy_proves_anything_else(AppAttest.Environment environment) {
    var sample = AppAttestSample.of(environment);
    var whole = ((Outcome.Done<AppAttest.Accepted>) verify(sample, sample.statement())).value();
    for (int seed = 0; seed < Mutations.ROUNDS; seed++) {
      var spoilt = Mutations.of(sample.statement(), new Random(seed));
      if (verify(sample, spoilt) instanceof Outcome.Done<AppAttest.Accepted>(var accepted)) {
        assertThat(accepted.attested()).as("seed " + seed).isEqualTo(whole.attested());
        assertThat(accepted.credential()).as("seed " + seed).isEqualTo(whole.credential());
      }
    }
  }

  @Test
  void a_tpm_s_registration_is_accepted_where_its_issuer_is_trusted() {
    var sample = TpmSample.of("attestationTPMSHA256Response");
    var issuer = sample.chain().certificates().getLast();
    var attestation = new TpmKeyAttestation(new Anchors(List.of(), List.of(issuer)));
    assertThat(attestation.verify(sample.statement(), sample.extraData("SHA-256"), TPM_TIME))
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            done ->
                assertThat(((Attested) done.value()).identifiers())
                    .containsEntry("tpm_manufacturer", "id:FFFFF1D0")
                    .containsEntry("tpm_model", "NPCT6xx"));
    var other = Bytes.of("other".getBytes(StandardCharsets.US_ASCII));
    assertThat(attestation.verify(sample.statement(), other, TPM_TIME))
        .isEqualTo(Outcome.refused(AttestationRefusal.CHALLENGE_MISMATCH));
  }

  @Test
  void no_spoilt_copy_of_a_tpm_s_registration_proves_anything_else() {
    var sample = TpmSample.of("attestationTPMSHA256Response");
    var extra = sample.extraData("SHA-256");
    var attestation =
        new TpmKeyAttestation(new Anchors(List.of(), List.of(sample.chain().certificates().getLast())));
    var whole = attestation.verify(sample.statement(), extra, TPM_TIME);
    for (int seed = 0; seed < Mutations.ROUNDS; seed++) {
      var spoilt = Mutations.of(sample.statement(), new Random(seed));
      var outcome = attestation.verify(spoilt, extra, TPM_TIME);
      if (outcome instanceof Outcome.Done<Attested>)
        assertThat(outcome).as("seed " + seed).isEqualTo(whole);
    }
  }
}
