// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.identity.Attestation;
import dev.vigil.identity.Attestation.Trust;
import dev.vigil.identity.Passkey;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SubjectId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// An authenticator or a page that lies in its signed answer, and what is known of how a person was
/// verified.
class AbuseTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String MODEL = "11111111-2222-3333-4444-555555555555";
  private static final Attestation VERIFIED = new Attestation("packed", Trust.VERIFIED);

  private final Random random = new Random(11);
  private final SubjectId alice = SubjectId.random(this::bytes);
  private final SoftKey key = new SoftKey();
  private final Passkey passkey = key.passkey(alice, MODEL, VERIFIED, NOON);

  private byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Ceremonies ceremonies(Models models) {
    return new Ceremonies(
        new RelyingParty("bank.example", URI.create("https://bank.example"), "Vigil"),
        new Authenticators(List.of(), () -> models));
  }

  private Outcome<Asserted> signIn(Models models, Passkey registered) {
    var challenge = Secret.random(this::bytes);
    return ceremonies(models)
        .authenticate(
            key.assertion(challenge, alice.value()), challenge, _ -> Optional.of(registered), NOON);
  }

  private Refusal refusal() {
    return switch (signIn(Models.NONE, passkey)) {
      case Outcome.Refused<Asserted>(Refusal refusal, String _) -> refusal;
      case Outcome.Done<Asserted> done -> throw new AssertionError(done.value());
    };
  }

  private Set<String> methods(Models models, Passkey registered) {
    return switch (signIn(models, registered)) {
      case Outcome.Done<Asserted>(Asserted asserted) -> asserted.authentication().methods();
      case Outcome.Refused<Asserted> refused -> throw new AssertionError(refused.refusal().code());
    };
  }

  private static Models models(String until, Optional<String> compromised, String... verifies) {
    return new Models(
        1,
        LocalDate.parse(until),
        Map.of(
            UUID.fromString(MODEL),
            new Model("k", List.of(), Optional.empty(), compromised, Set.of(verifies))));
  }

  private static Models saying(String... verifies) {
    return models("2026-12-01", Optional.empty(), verifies);
  }

  @Test
  void an_answer_given_in_somebody_elses_frame_is_refused() {
    key.more = ",\"crossOrigin\":true";
    assertThat(refusal()).isEqualTo(PasskeyRefusal.ORIGIN);
    key.more = ",\"crossOrigin\":true,\"topOrigin\":\"https://evil.example\"";
    assertThat(refusal()).isEqualTo(PasskeyRefusal.ORIGIN);
    key.more = ",\"topOrigin\":\"https://bank.example\"";
    assertThat(refusal()).isEqualTo(PasskeyRefusal.ORIGIN);
    key.more = ",\"crossOrigin\":false";
    assertThat(signIn(Models.NONE, passkey)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_registration_never_passes_for_a_sign_in() {
    key.type = "webauthn.create";
    assertThat(refusal()).isEqualTo(PasskeyRefusal.REFUSED);
  }

  @Test
  void another_relying_party_nobody_verified_and_nobody_present_are_refused() {
    key.relyingParty = "evil.example";
    assertThat(refusal()).isEqualTo(PasskeyRefusal.RELYING_PARTY);
    key.relyingParty = "bank.example";
    key.flags = SoftKey.UP;
    assertThat(refusal()).isEqualTo(PasskeyRefusal.USER_VERIFICATION);
    key.flags = SoftKey.UV;
    assertThat(refusal()).isEqualTo(PasskeyRefusal.USER_VERIFICATION);
  }

  @Test
  void a_device_bound_passkey_never_becomes_a_synced_one_nor_the_other_way_round() {
    key.flags = SoftKey.UP | SoftKey.UV | SoftKey.BE;
    assertThat(refusal()).isEqualTo(PasskeyRefusal.BACKUP);
    var synced = key.passkey(alice, MODEL, VERIFIED, NOON);
    key.flags = SoftKey.UP | SoftKey.UV;
    assertThat(signIn(Models.NONE, synced)).isEqualTo(Outcome.refused(PasskeyRefusal.BACKUP));
  }

  @Test
  void backed_up_without_being_eligible_is_refused() {
    key.flags = SoftKey.UP | SoftKey.UV | SoftKey.BS;
    assertThat(refusal()).isEqualTo(PasskeyRefusal.BACKUP);
  }

  @Test
  void a_changed_backup_state_is_recorded() {
    key.flags = SoftKey.UP | SoftKey.UV | SoftKey.BE;
    var synced = key.passkey(alice, MODEL, VERIFIED, NOON);
    key.flags |= SoftKey.BS;
    if (!(signIn(Models.NONE, synced) instanceof Outcome.Done<Asserted>(Asserted asserted)))
      throw new AssertionError("refused");
    assertThat(synced.backedUp()).isFalse();
    assertThat(asserted.passkey().backedUp()).isTrue();
    assertThat(asserted.passkey().attestation()).isEqualTo(VERIFIED);
  }

  @Test
  void a_counter_that_stood_still_is_a_copys() {
    assertThat(signIn(Models.NONE, passkey.used(5, false, NOON)))
        .isEqualTo(Outcome.refused(PasskeyRefusal.COUNTER));
  }

  @Test
  void deep_and_endless_content_is_malformed() {
    var challenge = Secret.random(this::bytes);
    key.flags |= SoftKey.ED;
    for (byte[] bad :
        List.of(
            "\u0081".repeat(9_000).getBytes(StandardCharsets.ISO_8859_1), // arrays in arrays
            HexFormat.of().parseHex("bf61619f"), // never ends
            HexFormat.of().parseHex("a1637576 6d9b7fffffffffffffff".replace(" ", "")),
            HexFormat.of().parseHex("a1637576 6d5b7fffffffffffffff".replace(" ", "")),
            HexFormat.of().parseHex("a0a0"))) {
      key.extensions = bad;
      assertThat(signIn(Models.NONE, passkey)).isEqualTo(Outcome.refused(PasskeyRefusal.MALFORMED));
    }
    for (String bad :
        List.of(
            "[".repeat(20_000),
            "{\"a\":".repeat(5_000),
            "{\"id\":\"AA\",\"response\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")) {
      assertThat(ceremonies(Models.NONE).authenticate(bad, challenge, _ -> Optional.empty(), NOON))
          .isEqualTo(Outcome.refused(PasskeyRefusal.MALFORMED));
      assertThat(ceremonies(Models.NONE).register(bad, challenge, Set.of(), NOON))
          .isEqualTo(Outcome.refused(PasskeyRefusal.MALFORMED));
    }
  }

  @Test
  void a_credential_id_longer_than_the_specification_allows_is_refused() {
    var challenge = Secret.random(this::bytes);
    key.type = "webauthn.create";
    assertThat(
            ceremonies(Models.NONE)
                .register(key.registration(challenge, bytes(1023)), challenge, Set.of(), NOON))
        .isInstanceOf(Outcome.Done.class);
    assertThat(
            ceremonies(Models.NONE)
                .register(key.registration(challenge, bytes(1024)), challenge, Set.of(), NOON))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void how_a_person_was_verified_is_known_from_the_model_if_there_is_one_way_only() {
    assertThat(methods(saying("fpt"), passkey)).containsExactlyInAnyOrder("hwk", "user", "fpt");
    assertThat(methods(saying("pin"), passkey)).contains("pin");
    assertThat(methods(saying(), passkey)).containsExactlyInAnyOrder("hwk", "user");
  }

  @Test
  void the_method_of_this_very_sign_in_counts_before_the_models() {
    key.flags |= SoftKey.ED;
    key.extensions = uvm(2, 4, 2);
    assertThat(methods(saying(), passkey)).contains("fpt").doesNotContain("pin");
    key.extensions = uvm(16, 4, 2);
    assertThat(methods(saying(), passkey)).contains("face");
    key.extensions = uvm(4, 4, 2);
    assertThat(methods(saying("fpt"), passkey)).contains("pin").doesNotContain("fpt");
    key.extensions = uvm(99, 4, 2);
    assertThat(methods(saying("fpt"), passkey)).containsExactlyInAnyOrder("hwk", "user");
  }

  @Test
  void what_nobody_vouches_for_says_nothing_of_a_finger() {
    key.flags |= SoftKey.ED;
    key.extensions = uvm(2, 4, 2);
    for (var trust : List.of(Trust.NONE, Trust.SELF, Trust.UNVERIFIED)) {
      var claimed = new SoftKeyOf(passkey, new Attestation("packed", trust)).passkey();
      assertThat(methods(saying("fpt"), claimed)).containsExactlyInAnyOrder("hwk", "user");
    }
    assertThat(methods(Models.NONE, passkey)).containsExactlyInAnyOrder("hwk", "user");
    assertThat(methods(models("2026-11-21", Optional.empty(), "fpt"), passkey))
        .as("overdue")
        .containsExactlyInAnyOrder("hwk", "user");
    assertThat(methods(models("2026-12-01", Optional.of("REVOKED"), "fpt"), passkey))
        .as("revoked")
        .containsExactlyInAnyOrder("hwk", "user");
  }

  private record SoftKeyOf(Passkey known, Attestation attestation) {
    Passkey passkey() {
      return new Passkey(
          known.credentialId(),
          known.subject(),
          known.publicKeyCose(),
          known.aaguid(),
          known.signCount(),
          known.backupEligible(),
          known.backedUp(),
          known.transports(),
          known.name(),
          known.createdAt(),
          known.lastUsedAt(),
          attestation);
    }
  }

  /// `{"uvm": [[method, protection, matcher]]}` in CBOR.
  private static byte[] uvm(int method, int protection, int matcher) {
    return SoftKey.joined(
        HexFormat.of().parseHex("a16375766d8183"),
        number(method),
        number(protection),
        number(matcher));
  }

  private static byte[] number(int value) {
    return value < 24 ? new byte[] {(byte) value} : new byte[] {0x18, (byte) value};
  }
}
