// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.SubjectId;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The test vectors of WebAuthn Level 3, section 16: the matrix of formats and algorithms, as they
/// stand and spoilt.
class VectorsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  /// ES256 to RS256, and the two that the specification has beside those we offer.
  private static final List<Long> ALL = List.of(-7L, -8L, -257L, -35L, -36L);

  private final Vectors vectors = new Vectors();
  private final RelyingParty party =
      new RelyingParty("example.org", URI.create("https://example.org"), "Vigil");
  private final Random random = new Random(16);
  private final SubjectId alice = SubjectId.random(this::bytes);

  private byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /// The samples do not all verify the person; nothing else is looked at less closely.
  private Ceremonies lenient(Models models) {
    return new Ceremonies(
        party, new Authenticators(List.of(), () -> models), new Wanted(Wanted.Person.PRESENT, ALL));
  }

  /// Metadata that name the vectors' root for the model of each.
  private Models metadata() {
    var models = new LinkedHashMap<UUID, Model>();
    for (String section : vectors.names()) {
      models.put(
          model(section),
          new Model(
              section,
              List.of(vectors.root()),
              Optional.of(Certification.FIDO_CERTIFIED_L1),
              Optional.empty(),
              Set.of("fpt")));
    }
    return new Models(1, LocalDate.parse("2026-12-01"), models);
  }

  private UUID model(String section) {
    var in = java.nio.ByteBuffer.wrap(vectors.bytes(section, "r_aaguid"));
    return new UUID(in.getLong(), in.getLong());
  }

  private String outcome(Ceremonies ceremonies, String section) {
    return said(
        ceremonies.register(
            vectors.registration(section),
            vectors.challenge(section, "r_challenge"),
            Set.of(),
            NOW));
  }

  private static String said(Outcome<NewPasskey> outcome) {
    return switch (outcome) {
      case Outcome.Done<NewPasskey>(NewPasskey made) ->
          made.attestation().format() + " " + made.attestation().trust().label();
      case Outcome.Refused<NewPasskey>(Refusal refusal, String _) -> refusal.code();
    };
  }

  /// Four are refused on purpose or for want of the library: keys that may live in software (we
  /// insist on hardware, section 8.4), a U2F model id that is not zero (section 8.6), a TPM
  /// structure shorter than any real one, and Ed448, which we do not offer.
  @Test
  void every_vector_registers_as_it_says_and_frames_do_not() {
    var matrix = new LinkedHashMap<String, String>();
    for (String section : vectors.names())
      matrix.put(section, outcome(lenient(metadata()), section));
    assertThat(matrix)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("none-es256", "none none"),
                Map.entry("packed-self-es256", "packed self"),
                Map.entry("none-es256-crossOrigin", "passkey.origin"),
                Map.entry("none-es256-topOrigin", "passkey.origin"),
                Map.entry("none-es256-long-credential-id", "none none"),
                Map.entry("packed-es256", "packed verified"),
                Map.entry("packed-es384", "packed verified"),
                Map.entry("packed-es512", "packed verified"),
                Map.entry("packed-rs256", "packed verified"),
                Map.entry("packed-eddsa", "packed verified"),
                Map.entry("packed-ed448", "passkey.malformed"),
                Map.entry("tpm-es256", "passkey.malformed"),
                Map.entry("android-key-es256", "passkey.attestation"),
                Map.entry("apple-es256", "apple verified"),
                Map.entry("fido-u2f-es256", "passkey.attestation")));
  }

  @Test
  void without_metadata_a_certificate_proves_nothing() {
    for (String section : List.of("packed-es256", "packed-rs256", "packed-eddsa", "apple-es256"))
      assertThat(outcome(lenient(Models.NONE), section)).endsWith(" unverified");
  }

  @Test
  void every_registered_vector_signs_in() {
    for (String section : vectors.names()) {
      var made =
          lenient(metadata())
              .register(
                  vectors.registration(section),
                  vectors.challenge(section, "r_challenge"),
                  Set.of(),
                  NOW);
      if (!(made instanceof Outcome.Done<NewPasskey>(NewPasskey passkey))) continue;
      var owned = passkey.of(alice, "key", NOW);
      var asserted =
          lenient(metadata())
              .authenticate(
                  vectors.assertion(section, alice.value()),
                  vectors.challenge(section, "a_challenge"),
                  _ -> Optional.of(owned),
                  NOW);
      assertThat(asserted).as(section).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void a_flipped_bit_in_any_vector_is_refused_or_changes_nothing_that_is_signed() {
    for (String section : vectors.names()) {
      var good = said(lenient(metadata()), section, vectors.bytes(section, "r_attestationObject"));
      for (int i = 0; i < 40; i++) {
        byte[] spoilt = vectors.bytes(section, "r_attestationObject");
        int at = random.nextInt(spoilt.length);
        spoilt[at] ^= (byte) (1 << random.nextInt(8));
        var outcome = said(lenient(metadata()), section, spoilt);
        if (section.startsWith("none")) continue; // nothing is signed there
        assertThat(outcome)
            .as(section + " at " + at)
            .satisfiesAnyOf(
                it -> assertThat(it).isInstanceOf(Outcome.Refused.class),
                it -> assertThat(said(it)).doesNotEndWith(" verified"),
                it -> assertThat(it).isEqualTo(good));
      }
    }
  }

  private Outcome<NewPasskey> said(Ceremonies ceremonies, String section, byte[] attestation) {
    return ceremonies.register(
        Vectors.registration(
            vectors.bytes(section, "r_credential_id"),
            vectors.bytes(section, "r_clientDataJSON"),
            attestation),
        vectors.challenge(section, "r_challenge"),
        Set.of(),
        NOW);
  }

  @Test
  void what_people_must_do_is_demanded_of_samples_too() {
    var ours = new Ceremonies(party);
    assertThat(outcome(ours, "none-es256")).isEqualTo("passkey.user-verification");
    assertThat(outcome(ours, "packed-es384"))
        .isIn("passkey.algorithm", "passkey.user-verification");
    assertThat(outcome(ours, "apple-es256")).isEqualTo("passkey.user-verification");
  }

  @Test
  void metadata_of_another_model_vouch_for_nothing() {
    var others = new LinkedHashMap<UUID, Model>();
    others.put(
        new UUID(4, 7),
        new Model("x", List.of(vectors.root()), Optional.empty(), Optional.empty(), Set.of()));
    assertThat(outcome(lenient(new Models(1, LocalDate.MAX, others)), "packed-es256"))
        .isEqualTo("packed unverified");
  }

  @Test
  void overdue_metadata_vouch_for_nothing_and_still_accuse() {
    var model = model("packed-es256");
    var good =
        new Model("x", List.of(vectors.root()), Optional.empty(), Optional.empty(), Set.of());
    var overdue = new Models(1, LocalDate.parse("2026-11-21"), Map.of(model, good));
    assertThat(outcome(lenient(overdue), "packed-es256")).isEqualTo("packed unverified");
    var bad =
        new Model("x", List.of(vectors.root()), Optional.empty(), Optional.of("REVOKED"), Set.of());
    var accusing = new Models(1, LocalDate.parse("2026-11-21"), Map.of(model, bad));
    assertThat(outcome(lenient(accusing), "packed-es256")).isEqualTo("passkey.compromised");
  }
}
