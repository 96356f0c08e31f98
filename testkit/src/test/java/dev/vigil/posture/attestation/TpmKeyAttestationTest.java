// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.SignalName;
import dev.vigil.testkit.AttestationCa;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TpmStatements;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tss.tpm.TPMA_OBJECT;
import tss.tpm.TPMS_QUOTE_INFO;
import tss.tpm.TPMS_PCR_SELECTION;

/// Key attestation of a TPM that exists in memory only; [SoftwareTpmTest] asks a whole one.
class TpmKeyAttestationTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Bytes EXTRA =
      Bytes.of(Sha256.of("token.thumbprint".getBytes(StandardCharsets.US_ASCII)).bytes());

  private final TpmStatements tpm = TpmStatements.create();
  private final SoftwareKey key = SoftwareKey.generate();
  private final Bytes pubArea = TpmStatements.publicArea(key, TpmStatements.bound());
  private final TpmKeyAttestation attestation =
      new TpmKeyAttestation(new Anchors(List.of(), List.of(tpm.root())));

  private Outcome<Attested> verify(Bytes statement) {
    return attestation.verify(statement, EXTRA, NOW);
  }

  private Outcome<Attested> verify(TpmStatements.Fields fields) {
    return verify(fields.statement());
  }

  private static Attested accepted(Outcome<Attested> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<Attested>) outcome).value();
  }

  private static void refused(Outcome<Attested> outcome, AttestationRefusal why) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused<Attested>) outcome).refusal()).isEqualTo(why);
  }

  @Test
  void a_certified_key_is_proven_to_be_in_the_tpm() {
    var attested = accepted(verify(tpm.statement(key, EXTRA, NOW)));
    assertThat(attested.key()).contains(key.publicKey());
    assertThat(attested.says())
        .containsEntry(SignalName.KEY_PROTECTION, "tpm")
        .doesNotContainKey(SignalName.PLATFORM);
    assertThat(attested.identifiers())
        .containsEntry("permanent_identifier", "laptop-7")
        .containsEntry("tpm_manufacturer", "id:49424D00");
    assertThat(attested.source()).isEqualTo("tpm (test root)");
  }

  @Test
  void nobody_is_believed_unless_configured() {
    var nobody = new TpmKeyAttestation(Anchors.none());
    var statement = tpm.statement(key, EXTRA, NOW);
    refused(nobody.verify(statement, EXTRA, NOW), AttestationRefusal.ROOT_UNKNOWN);
    refused(
        attestation.verify(statement, EXTRA, NOW.plus(Duration.ofDays(366))),
        AttestationRefusal.NOT_VALID_NOW);
  }

  @Test
  void another_challenge_is_refused() {
    var other = Bytes.of(Sha256.of(new byte[0]).bytes());
    refused(verify(tpm.statement(key, other, NOW)), AttestationRefusal.CHALLENGE_MISMATCH);
    refused(
        verify(tpm.statement(key, Bytes.of(new byte[0]), NOW)),
        AttestationRefusal.CHALLENGE_MISMATCH);
  }

  @Test
  void a_key_that_was_not_certified_is_refused() {
    var fields = tpm.fields(pubArea, EXTRA, NOW);
    var other = TpmStatements.publicArea(SoftwareKey.generate(), TpmStatements.bound());
    refused(
        verify(
            new TpmStatements.Fields(
                "2.0", -7, fields.chain(), fields.signature(), fields.certInfo(), other)),
        AttestationRefusal.KEY_MISMATCH);
  }

  @Test
  void a_key_that_could_leave_the_tpm_or_came_from_outside_is_refused() {
    var least = List.of(TPMA_OBJECT.fixedTPM, TPMA_OBJECT.fixedParent, TPMA_OBJECT.sensitiveDataOrigin);
    for (TPMA_OBJECT missing : least) {
      int bits = TpmStatements.bound().toInt() & ~missing.toInt();
      var area = TpmStatements.publicArea(key, TPMA_OBJECT.fromInt(bits));
      refused(verify(tpm.fields(area, EXTRA, NOW)), AttestationRefusal.NOT_HARDWARE);
    }
  }

  @Test
  void a_key_that_signs_only_for_the_tpm_is_refused() {
    int bits = TpmStatements.bound().toInt() | TPMA_OBJECT.restricted.toInt();
    var area = TpmStatements.publicArea(key, TPMA_OBJECT.fromInt(bits));
    refused(verify(tpm.fields(area, EXTRA, NOW)), AttestationRefusal.MALFORMED);
  }

  @Test
  void a_quote_is_no_certification() {
    var quote = new TPMS_QUOTE_INFO(new TPMS_PCR_SELECTION[0], new byte[32]);
    var signed =
        tpm.signed(TpmStatements.attest(quote, EXTRA), pubArea, tpm.fields(pubArea, EXTRA, NOW).chain().getFirst());
    refused(verify(signed), AttestationRefusal.MALFORMED);
  }

  @Test
  void words_that_the_tpm_did_not_sign_are_refused() {
    var fields = tpm.fields(pubArea, EXTRA, NOW);
    byte[] words = fields.certInfo().toArray();
    words[words.length - 1] ^= 1;
    refused(
        verify(with(fields, -7, fields.chain(), Bytes.of(words))),
        AttestationRefusal.SIGNATURE_WRONG);
    refused(
        verify(with(fields, -257, fields.chain(), fields.certInfo())),
        AttestationRefusal.SIGNATURE_WRONG);
    refused(
        verify(with(fields, -65535, fields.chain(), fields.certInfo())),
        AttestationRefusal.SIGNATURE_WRONG);
    var swapped = TpmStatements.create().fields(pubArea, EXTRA, NOW).chain();
    assertThat(verify(with(fields, -7, swapped, fields.certInfo())))
        .isInstanceOf(Outcome.Refused.class);
  }

  private static TpmStatements.Fields with(
      TpmStatements.Fields from, int algorithm, List<X509Certificate> chain, Bytes words) {
    return new TpmStatements.Fields(
        from.version(), algorithm, chain, from.signature(), words, from.pubArea());
  }

  @Test
  void a_certificate_that_is_no_attestation_key_s_signs_nothing() {
    var right = TpmStatements.template(NOW, "laptop-7");
    for (String missing : right.extensions().keySet()) {
      var less = new LinkedHashMap<>(right.extensions());
      less.remove(missing);
      var template = new AttestationCa.Template(right.subject(), right.from(), right.to(), less);
      refused(verify(tpm.fieldsWith(template, pubArea, EXTRA)), AttestationRefusal.CHAIN_BROKEN);
    }
    refused(
        verify(tpm.fieldsWith(right.with("2.5.29.17", Bytes.of(new byte[] {0x30, 0})), pubArea, EXTRA)),
        AttestationRefusal.CHAIN_BROKEN);
  }

  @Test
  void chains_that_are_over_long_or_the_root_itself_are_refused() {
    var fields = tpm.fields(pubArea, EXTRA, NOW);
    var many = Collections.nCopies(6, fields.chain().getFirst());
    refused(verify(with(fields, -7, many, fields.certInfo())), AttestationRefusal.TOO_LARGE);
    refused(
        verify(with(fields, -7, List.of(tpm.root()), fields.certInfo())),
        AttestationRefusal.CHAIN_BROKEN);
    refused(
        verify(with(fields, -7, List.of(), fields.certInfo())), AttestationRefusal.MALFORMED);
  }

  @Test
  void no_mutation_proves_anything_else_and_none_breaks_anything() {
    var whole = tpm.statement(key, EXTRA, NOW);
    var proven = accepted(verify(whole));
    for (int seed = 0; seed < Mutations.ROUNDS; seed++)
      if (verify(Mutations.of(whole, new Random(seed))) instanceof Outcome.Done<Attested>(var one))
        assertThat(one).as("seed " + seed).isEqualTo(proven);
  }

  @Test
  void hostile_words_of_a_tpm_that_is_trusted_break_nothing() {
    var fields = tpm.fields(pubArea, EXTRA, NOW);
    var signer = fields.chain().getFirst();
    for (int seed = 0; seed < Mutations.ROUNDS; seed++) {
      var random = new Random(seed);
      var words = Mutations.of(fields.certInfo(), random);
      var outcome = verify(tpm.signed(words, pubArea, signer));
      if (outcome instanceof Outcome.Done<Attested>(var one))
        assertThat(one.key()).as("seed " + seed).contains(key.publicKey());
      var area = Mutations.of(pubArea, random);
      var other = verify(tpm.fields(area, EXTRA, NOW));
      if (other instanceof Outcome.Done<Attested>(var one))
        assertThat(one.says()).as("seed " + seed).containsEntry(SignalName.KEY_PROTECTION, "tpm");
    }
  }
}
