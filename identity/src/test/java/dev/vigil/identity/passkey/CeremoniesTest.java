// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import static com.webauthn4j.data.UserVerificationRequirement.DISCOURAGED;
import static com.webauthn4j.data.UserVerificationRequirement.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.Passkey;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SubjectId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every step of the two ceremonies, taken wrongly once.
class CeremoniesTest {

  private static final String ORIGIN = "http://localhost:8080";
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Random random = new Random(7);
  private final Ceremonies ceremonies =
      new Ceremonies(new RelyingParty("localhost", URI.create(ORIGIN), "Vigil"));
  private final Emulated browser = new Emulated(ORIGIN);
  private final SubjectId alice = SubjectId.random(this::bytes);

  private byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private Secret challenge() {
    return Secret.random(this::bytes);
  }

  private static Refusal refusal(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Refused<?> refused -> refused.refusal();
      case Outcome.Done<?> done -> throw new AssertionError("not refused: " + done.value());
    };
  }

  private static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T> refused ->
          throw new AssertionError("refused: " + refused.refusal().code());
    };
  }

  private Passkey registered() {
    var challenge = challenge();
    return done(ceremonies.register(
            browser.create("localhost", alice.value(), challenge, REQUIRED),
            challenge,
            Set.of(),
            NOON))
        .of(alice, "key", NOON);
  }

  @Test
  void a_registered_passkey_signs_its_owner_in() {
    var passkey = registered();
    var challenge = challenge();
    var asserted =
        done(
            ceremonies.authenticate(
                browser.get("localhost", challenge, REQUIRED),
                challenge,
                _ -> Optional.of(passkey),
                NOON));
    assertThat(asserted.passkey().subject()).isEqualTo(alice);
    assertThat(asserted.passkey().signCount()).isGreaterThan(passkey.signCount());
    assertThat(asserted.authentication().strength()).isEqualTo(Strength.PASSKEY_HARDWARE);
    assertThat(asserted.authentication().methods()).containsExactlyInAnyOrder("hwk", "user");
    assertThat(asserted.authentication().userVerified()).isTrue();
  }

  @Test
  void an_answer_to_another_challenge_is_refused() {
    var passkey = registered();
    assertThat(
            refusal(
                ceremonies.register(
                    browser.create("localhost", alice.value(), challenge(), REQUIRED),
                    challenge(),
                    Set.of(),
                    NOON)))
        .isEqualTo(PasskeyRefusal.CHALLENGE);
    assertThat(
            refusal(
                ceremonies.authenticate(
                    browser.get("localhost", challenge(), REQUIRED),
                    challenge(),
                    _ -> Optional.of(passkey),
                    NOON)))
        .isEqualTo(PasskeyRefusal.CHALLENGE);
  }

  @Test
  void an_answer_given_to_another_site_is_refused() {
    var passkey = registered();
    browser.moveTo("http://localhost:9999");
    var challenge = challenge();
    assertThat(
            refusal(
                ceremonies.authenticate(
                    browser.get("localhost", challenge, REQUIRED),
                    challenge,
                    _ -> Optional.of(passkey),
                    NOON)))
        .isEqualTo(PasskeyRefusal.ORIGIN);
    assertThat(
            refusal(
                ceremonies.register(
                    browser.create("localhost", alice.value(), challenge, REQUIRED),
                    challenge,
                    Set.of(),
                    NOON)))
        .isEqualTo(PasskeyRefusal.ORIGIN);
  }

  @Test
  void a_passkey_of_another_relying_party_is_refused() {
    var challenge = challenge();
    assertThat(
            refusal(
                ceremonies.register(
                    browser.create("evil.example", alice.value(), challenge, REQUIRED),
                    challenge,
                    Set.of(),
                    NOON)))
        .isEqualTo(PasskeyRefusal.RELYING_PARTY);
  }

  @Test
  void a_person_who_was_not_verified_is_refused() {
    var passkey = registered();
    var challenge = challenge();
    assertThat(
            refusal(
                ceremonies.authenticate(
                    browser.get("localhost", challenge, DISCOURAGED),
                    challenge,
                    _ -> Optional.of(passkey),
                    NOON)))
        .isEqualTo(PasskeyRefusal.USER_VERIFICATION);
  }

  @Test
  void a_counter_that_went_backwards_is_refused() {
    var known = registered();
    var ahead =
        new Passkey(
            known.credentialId(),
            alice,
            known.publicKeyCose(),
            known.aaguid(),
            1000,
            known.backupEligible(),
            known.backedUp(),
            known.transports(),
            "key",
            NOON,
            NOON);
    var challenge = challenge();
    assertThat(
            refusal(
                ceremonies.authenticate(
                    browser.get("localhost", challenge, REQUIRED),
                    challenge,
                    _ -> Optional.of(ahead),
                    NOON)))
        .isEqualTo(PasskeyRefusal.COUNTER);
  }

  @Test
  void a_passkey_presented_for_somebody_else_is_refused() {
    var known = registered();
    var bob =
        new Passkey(
            known.credentialId(),
            SubjectId.random(this::bytes),
            known.publicKeyCose(),
            known.aaguid(),
            0,
            false,
            false,
            known.transports(),
            "key",
            NOON,
            NOON);
    var challenge = challenge();
    assertThat(
            refusal(
                ceremonies.authenticate(
                    browser.get("localhost", challenge, REQUIRED),
                    challenge,
                    _ -> Optional.of(bob),
                    NOON)))
        .isEqualTo(PasskeyRefusal.OTHER_PERSON);
    assertThat(
            refusal(
                ceremonies.authenticate(
                    browser.get("localhost", challenge, REQUIRED),
                    challenge,
                    _ -> Optional.empty(),
                    NOON)))
        .isEqualTo(PasskeyRefusal.UNKNOWN);
  }

  @Test
  void a_signature_by_another_key_is_refused() {
    var known = registered();
    var other = registeredElsewhere();
    var swapped =
        new Passkey(
            known.credentialId(),
            alice,
            other.publicKeyCose(),
            known.aaguid(),
            0,
            false,
            false,
            known.transports(),
            "key",
            NOON,
            NOON);
    var challenge = challenge();
    assertThat(
            refusal(
                ceremonies.authenticate(
                    browser.get("localhost", challenge, REQUIRED),
                    challenge,
                    _ -> Optional.of(swapped),
                    NOON)))
        .isEqualTo(PasskeyRefusal.SIGNATURE);
  }

  private Passkey registeredElsewhere() {
    var challenge = challenge();
    return done(ceremonies.register(
            new Emulated(ORIGIN).create("localhost", alice.value(), challenge, REQUIRED),
            challenge,
            Set.of(),
            NOON))
        .of(alice, "other", NOON);
  }

  @Test
  void what_cannot_be_read_is_malformed_whatever_it_is() {
    var challenge = challenge();
    String good = browser.create("localhost", alice.value(), challenge, REQUIRED);
    for (String bad :
        List.of(
            "",
            "{}",
            "[]",
            "null",
            "{\"id\":1}",
            good.substring(0, good.length() / 2),
            good.replace("attestationObject\":\"", "attestationObject\":\"AAAA"),
            "{\"id\":\"" + "A".repeat(40_000) + "\"}")) {
      assertThat(refusal(ceremonies.register(bad, challenge, Set.of(), NOON)))
          .isEqualTo(PasskeyRefusal.MALFORMED);
      assertThat(refusal(ceremonies.authenticate(bad, challenge, _ -> Optional.empty(), NOON)))
          .isEqualTo(PasskeyRefusal.MALFORMED);
    }
  }

  @Test
  void one_flipped_bit_never_gets_through() {
    var passkey = registered();
    var challenge = challenge();
    String good = browser.get("localhost", challenge, REQUIRED);
    for (int i = 0; i < 200; i++) {
      int at =
          good.indexOf("\"response\"")
              + 12
              + random.nextInt(good.length() - good.indexOf("\"response\"") - 14);
      char c = good.charAt(at);
      if (!Character.isLetterOrDigit(c)) continue;
      String bad = good.substring(0, at) + (c == 'A' ? 'B' : 'A') + good.substring(at + 1);
      var outcome = ceremonies.authenticate(bad, challenge, _ -> Optional.of(passkey), NOON);
      if (outcome instanceof Outcome.Done<Asserted>)
        assertThat(unused(good, bad)).as("position " + at).isTrue();
    }
  }

  /// The last character of base64url can hold bits that mean nothing.
  private static boolean unused(String good, String bad) {
    return java.util.Arrays.equals(decoded(good), decoded(bad));
  }

  private static byte[] decoded(String json) {
    var out = new java.io.ByteArrayOutputStream();
    for (String part : json.split("\"")) {
      if (part.length() > 40) out.writeBytes(java.util.Base64.getUrlDecoder().decode(part));
    }
    return out.toByteArray();
  }

  @Test
  void pages_of_a_foreign_host_cannot_be_configured() {
    assertThatThrownBy(
            () -> new RelyingParty("bank.example", URI.create("https://evil.example"), "Vigil"))
        .hasMessageContaining("bank.example");
    assertThat(
            new RelyingParty("bank.example", URI.create("https://id.bank.example"), "Vigil").id())
        .isEqualTo("bank.example");
  }
}
