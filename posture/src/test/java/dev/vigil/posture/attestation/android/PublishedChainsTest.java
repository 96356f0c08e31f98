// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.TrustRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Chains of real phones that others published, as they are and tampered with.
class PublishedChainsTest {

  static final List<String> TEE =
      List.of("algorithm_EC_SecurityLevel_TEE", "algorithm_RSA_SecurityLevel_TEE");
  static final List<String> STRONGBOX =
      List.of("algorithm_EC_SecurityLevel_StrongBox", "algorithm_RSA_SecurityLevel_StrongBox");

  private static final AndroidKeyAttestation GOOGLE = Cases.verifier("");

  @Test
  void the_phones_that_google_vouches_for_say_what_they_are() {
    for (var name : TEE) {
      var sample = Cases.Sample.of(name);
      var answer = GOOGLE.verify(sample.chain(), sample.expected(), Cases.MADE);
      assertThat(answer).as(name).isInstanceOf(Outcome.Done.class);
      var attested = ((Outcome.Done<Attested>) answer).value();
      assertThat(attested.root()).isEqualTo(TrustRoot.VENDOR);
      assertThat(attested.says())
          .containsOnly(
              Map.entry(SignalName.PLATFORM, "android"),
              Map.entry(SignalName.ATTESTATION, "hardware"),
              Map.entry(SignalName.HARDWARE_KEY, "true"),
              Map.entry(SignalName.KEY_PROTECTION, "tee"),
              Map.entry(SignalName.KEY_UNLOCK, "none"),
              Map.entry(SignalName.BOOTLOADER_LOCKED, "false"),
              Map.entry(SignalName.VERIFIED_BOOT, "unverified"),
              Map.entry(SignalName.SECURE_BOOT, "false"));
      assertThat(attested.identifiers()).containsKeys("verified_boot_key", "verified_boot_hash");
    }
  }

  @Test
  void the_security_chips_of_the_samples_end_at_a_root_that_is_not_googles() {
    for (var name : STRONGBOX) {
      var sample = Cases.Sample.of(name);
      var answer = GOOGLE.verify(sample.chain(), sample.expected(), Cases.MADE);
      assertThat(((Outcome.Refused<Attested>) answer).refusal())
          .as(name)
          .isEqualTo(AttestationRefusal.ROOT_UNKNOWN);
    }
  }

  @Test
  void named_as_a_test_root_that_root_vouches_for_security_chips() {
    for (var name : STRONGBOX) {
      var sample = Cases.Sample.of(name);
      var answer = trusting(sample).verify(sample.chain(), sample.expected(), Cases.MADE);
      assertThat(answer).as(name).isInstanceOf(Outcome.Done.class);
      var attested = ((Outcome.Done<Attested>) answer).value();
      assertThat(attested.root()).isEqualTo(TrustRoot.TEST);
      assertThat(attested.says()).containsEntry(SignalName.KEY_PROTECTION, "strongbox");
    }
  }

  static AndroidKeyAttestation trusting(Cases.Sample sample) {
    var root = Extensions.certificate(sample.chain().getLast());
    return new AndroidKeyAttestation(
        new Anchors(GoogleRoots.all(), List.of(root)), Optional.empty());
  }

  @Test
  void whatever_is_done_to_them_has_the_verdict_that_it_must_have() {
    for (var name : TEE)
      for (var one : Cases.of(Cases.Sample.of(name))) {
        var refusal =
            one.answer() instanceof Outcome.Refused<Attested> refused
                ? Optional.of(refused.refusal())
                : Optional.empty();
        assertThat(refusal).as("%s, %s", name, one.what()).isEqualTo(one.verdict());
      }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void no_certificate_with_a_flipped_bit_is_believed(int which) {
    var sample = Cases.Sample.of(TEE.getFirst());
    int size = sample.chain().get(which).size();
    for (int at = 0; at < size; at++) {
      byte[] flipped = sample.chain().get(which).toArray();
      flipped[at] ^= (byte) (1 << (at % 8));
      var chain = new ArrayList<>(sample.chain());
      chain.set(which, Bytes.of(flipped));
      assertThat(GOOGLE.verify(chain, sample.expected(), Cases.MADE))
          .as("byte %d of certificate %d", at, which + 1)
          .isInstanceOf(Outcome.Refused.class);
    }
  }
}
