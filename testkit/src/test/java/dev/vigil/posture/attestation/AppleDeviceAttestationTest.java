// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.SignalName;
import dev.vigil.testkit.AppleStatements;
import dev.vigil.testkit.AppleStatements.Device;
import dev.vigil.testkit.SoftwareKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Managed Device Attestation. No statement of Apple's own is public: these are made with a root of
/// our own.
class AppleDeviceAttestationTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String TOKEN = "4UTAyt0dSoKqXq7O2dZ0iA";
  private static final Device IPHONE = Device.iphone("F2LXK0AAAA", "00008110-000A11110A11801E");

  private final AppleStatements apple = AppleStatements.create();
  private final SoftwareKey key = SoftwareKey.generate();
  private final AppleDeviceAttestation attestation =
      new AppleDeviceAttestation(AppleRoot.ENTERPRISE.anchors(List.of(apple.root())));

  private Bytes statement() {
    return apple.statement(key.publicKey(), IPHONE, TOKEN, NOW);
  }

  private Outcome<Attested> verify(Bytes statement) {
    return attestation.verify(statement, AppleDeviceAttestation.freshness(TOKEN), NOW);
  }

  private static Attested accepted(Outcome<Attested> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<Attested>) outcome).value();
  }

  private static void refused(Outcome<Attested> outcome, AttestationRefusal why) {
    assertThat(outcome).isEqualTo(Outcome.refused(why));
  }

  @Test
  void an_iphone_s_statement_proves_its_key_its_serial_number_and_its_version() {
    var attested = accepted(verify(statement()));
    assertThat(attested.key()).contains(key.publicKey());
    assertThat(attested.identifiers())
        .containsEntry("serial_number", "F2LXK0AAAA")
        .containsEntry("udid", "00008110-000A11110A11801E");
    assertThat(attested.says())
        .containsEntry(SignalName.KEY_PROTECTION, "secure-enclave")
        .containsEntry(SignalName.ATTESTATION, "hardware")
        .containsEntry(SignalName.OS_VERSION, "18.6.1")
        .doesNotContainKeys(SignalName.PLATFORM, SignalName.SECURE_BOOT);
    assertThat(attested.root()).isEqualTo(TrustRoot.TEST);
    assertThat(attested.signals(NOW, Duration.ofDays(1)))
        .allMatch(signal -> signal.source().equals("apple (test root)"));
  }

  @Test
  void a_mac_says_how_it_boots_and_reduced_security_is_no_secure_boot() {
    var mac = Device.mac("C02AAAAAAAAA", "00008112-000A68263C06201E");
    var full = apple.statement(key.publicKey(), mac, TOKEN, NOW);
    assertThat(accepted(verify(full)).says())
        .containsEntry(SignalName.PLATFORM, "macos")
        .containsEntry(SignalName.SECURE_BOOT, "true");
    var reduced = mac.and("13.2", Bytes.of(new byte[] {2, 1, 1}));
    assertThat(accepted(verify(apple.statement(key.publicKey(), reduced, TOKEN, NOW))).says())
        .containsEntry(SignalName.SECURE_BOOT, "false");
  }

  @Test
  void under_user_enrolment_nothing_names_the_device() {
    var nameless = new Device(java.util.Map.of("10.1", AppleStatements.text("18.6.1")));
    var attested = accepted(verify(apple.statement(key.publicKey(), nameless, TOKEN, NOW)));
    assertThat(attested.identifiers()).isEmpty();
  }

  @Test
  void what_is_no_serial_number_or_version_is_left_out() {
    var odd = Device.iphone("\"><script>", "x y").and("10.1", AppleStatements.text("eighteen"));
    var attested = accepted(verify(apple.statement(key.publicKey(), odd, TOKEN, NOW)));
    assertThat(attested.identifiers()).doesNotContainKey("udid");
    assertThat(attested.says()).doesNotContainKey(SignalName.OS_VERSION);
  }

  @Test
  void a_root_that_nobody_configured_is_not_believed() {
    var only = new AppleDeviceAttestation(AppleRoot.ENTERPRISE.anchors());
    refused(
        only.verify(statement(), AppleDeviceAttestation.freshness(TOKEN), NOW),
        AttestationRefusal.ROOT_UNKNOWN);
    var nobody = new AppleDeviceAttestation(Anchors.none());
    refused(
        nobody.verify(statement(), AppleDeviceAttestation.freshness(TOKEN), NOW),
        AttestationRefusal.ROOT_UNKNOWN);
    var namesake = AppleStatements.create();
    refused(
        verify(namesake.statement(key.publicKey(), IPHONE, TOKEN, NOW)),
        AttestationRefusal.CHAIN_BROKEN);
  }

  @Test
  void a_statement_for_another_challenge_is_refused() {
    refused(
        verify(apple.statement(key.publicKey(), IPHONE, "another", NOW)),
        AttestationRefusal.CHALLENGE_MISMATCH);
    refused(
        verify(AppleStatements.statement(apple.chain(key.publicKey(), IPHONE, NOW))),
        AttestationRefusal.CHALLENGE_MISMATCH);
  }

  @Test
  void it_counts_only_while_its_certificates_are_valid() {
    var freshness = AppleDeviceAttestation.freshness(TOKEN);
    refused(
        attestation.verify(statement(), freshness, NOW.plus(Duration.ofDays(366))),
        AttestationRefusal.NOT_VALID_NOW);
    refused(
        attestation.verify(statement(), freshness, NOW.minusSeconds(1)),
        AttestationRefusal.NOT_VALID_NOW);
  }

  @Test
  void chains_that_are_empty_re_ordered_over_long_or_of_another_leaf_are_refused() {
    var chain = apple.chain(key.publicKey(), IPHONE, NOW);
    refused(verify(AppleStatements.statement(List.of())), AttestationRefusal.MALFORMED);
    assertThat(verify(AppleStatements.statement(chain.reversed())))
        .isInstanceOf(Outcome.Refused.class);
    refused(
        verify(AppleStatements.statement(Collections.nCopies(6, chain.getFirst()))),
        AttestationRefusal.TOO_LARGE);
    refused(
        verify(AppleStatements.statement(List.of(apple.root()))), AttestationRefusal.CHAIN_BROKEN);
    var other = AppleStatements.create().chain(key.publicKey(), IPHONE, NOW);
    assertThat(verify(AppleStatements.statement(List.of(other.getFirst(), chain.getLast()))))
        .isInstanceOf(Outcome.Refused.class);
    refused(
        verify(AppleStatements.statement(List.of(chain.getFirst()))),
        AttestationRefusal.ROOT_UNKNOWN);
  }

  @Test
  void a_root_sent_along_changes_nothing() {
    var chain = new java.util.ArrayList<>(apple.chain(key.publicKey(), fresh(), NOW));
    chain.add(apple.root());
    accepted(verify(AppleStatements.statement(chain)));
  }

  private static Device fresh() {
    return IPHONE.and("11.1", Bytes.of(AppleDeviceAttestation.freshness(TOKEN).bytes()));
  }

  @Test
  void a_leaf_signs_no_further_leaf() {
    var own = apple.chain(key.publicKey(), fresh(), NOW);
    var forged = apple.forged(key, SoftwareKey.generate().publicKey(), fresh(), NOW);
    refused(
        verify(AppleStatements.statement(List.of(forged, own.getFirst(), own.getLast()))),
        AttestationRefusal.CHAIN_BROKEN);
  }

  @Test
  void other_formats_and_oversized_statements_are_refused() {
    byte[] renamed = statement().toArray();
    refused(
        verify(Bytes.of(new byte[AttestationObject.LARGEST + 1])), AttestationRefusal.TOO_LARGE);
    refused(verify(Bytes.of(new byte[0])), AttestationRefusal.MALFORMED);
    renamed[renamed.length - 1] ^= 1;
    assertThat(verify(Bytes.of(renamed))).isInstanceOf(Outcome.Refused.class);
    assertThat(AttestationObject.format(statement()))
        .isEqualTo(Outcome.done(AttestationFormat.APPLE));
  }

  @Test
  void nested_and_endless_cbor_is_refused() {
    byte[] nested = new byte[30_000];
    java.util.Arrays.fill(nested, (byte) 0x81);
    refused(verify(Bytes.of(nested)), AttestationRefusal.MALFORMED);
    java.util.Arrays.fill(nested, (byte) 0x9f);
    refused(verify(Bytes.of(nested)), AttestationRefusal.MALFORMED);
    byte[] huge = {(byte) 0xa1, 0x63, 'f', 'm', 't', 0x7b, 0x7f, -1, -1, -1, -1, -1, -1, -1};
    refused(verify(Bytes.of(huge)), AttestationRefusal.MALFORMED);
  }

  @Test
  void no_truncation_is_accepted() {
    byte[] whole = statement().toArray();
    for (int length = 0; length < whole.length; length++)
      assertThat(verify(Bytes.of(java.util.Arrays.copyOf(whole, length))))
          .as("first %s bytes", length)
          .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void no_mutation_proves_anything_else_and_none_breaks_anything() {
    var whole = statement();
    var proven = accepted(verify(whole));
    for (int seed = 0; seed < Mutations.ROUNDS; seed++) {
      var outcome = verify(Mutations.of(whole, new Random(seed)));
      if (outcome instanceof Outcome.Done<Attested>(var other))
        assertThat(other).as("seed " + seed).isEqualTo(proven);
    }
  }
}
