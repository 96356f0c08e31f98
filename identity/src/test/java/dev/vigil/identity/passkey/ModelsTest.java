// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import static dev.vigil.identity.passkey.MetadataAuthority.entry;
import static dev.vigil.identity.passkey.MetadataAuthority.report;
import static dev.vigil.identity.passkey.MetadataAuthority.way;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Metadata blobs: whose word they are, and what they say.
class ModelsTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String KEY = "11111111-2222-3333-4444-555555555555";

  private final MetadataAuthority fido = new MetadataAuthority("mds.fido.example");

  private static Refusal refusal(Outcome<Models> outcome) {
    return switch (outcome) {
      case Outcome.Refused<Models>(Refusal refusal, String _) -> refusal;
      case Outcome.Done<Models> done -> throw new AssertionError("taken: " + done.value().number());
    };
  }

  private Models read(String blob) {
    return switch (Models.read(blob, fido.signer(), NOON)) {
      case Outcome.Done<Models>(Models models) -> models;
      case Outcome.Refused<Models> refused -> throw new AssertionError(refused.refusal().code());
    };
  }

  private Model model(String ways, String... reports) {
    return read(fido.blob(1, "2026-12-01", entry(KEY, fido.root(), ways, reports)))
        .known(UUID.fromString(KEY))
        .orElseThrow();
  }

  @Test
  void a_blob_of_somebody_else_is_refused() {
    var other = new MetadataAuthority("mds.fido.example");
    assertThat(refusal(Models.read(other.blob(1, "2026-12-01"), fido.signer(), NOON)))
        .isEqualTo(MetadataRefusal.CHAIN);
  }

  @Test
  void a_blob_by_another_customer_of_the_same_root_is_refused() {
    var signer = new Models.Signer(fido.root(), "mds.other.example");
    assertThat(refusal(Models.read(fido.blob(1, "2026-12-01"), signer, NOON)))
        .isEqualTo(MetadataRefusal.SIGNER);
  }

  @Test
  void a_blob_whose_signer_has_expired_is_refused() {
    assertThat(
            refusal(
                Models.read(
                    fido.blob(1, "2026-12-01"),
                    fido.signer(),
                    MetadataAuthority.UNTIL.plusSeconds(1))))
        .isEqualTo(MetadataRefusal.CHAIN);
  }

  @Test
  void a_changed_blob_is_refused() {
    var parts = fido.blob(1, "2026-12-01").split("\\.", -1);
    var changed = Base64URL.encode("{\"no\":9,\"nextUpdate\":\"2099-01-01\",\"entries\":[]}");
    assertThat(refusal(Models.read(parts[0] + "." + changed + "." + parts[2], fido.signer(), NOON)))
        .isEqualTo(MetadataRefusal.SIGNATURE);
  }

  @Test
  void a_blob_without_a_signature_is_refused_whatever_it_calls_itself() {
    var parts = fido.blob(1, "2026-12-01").split("\\.", -1);
    for (String algorithm : new String[] {"none", "HS256", "RS256"}) {
      var header = new Base64URL(parts[0]).decodeToString().replace("ES256", algorithm);
      for (String signature : new String[] {"", parts[2]})
        assertThat(
                refusal(
                    Models.read(
                        Base64URL.encode(header) + "." + parts[1] + "." + signature,
                        fido.signer(),
                        NOON)))
            .isIn(MetadataRefusal.SIGNATURE, MetadataRefusal.UNREADABLE);
    }
  }

  @Test
  void what_is_no_blob_is_refused() {
    for (String text :
        new String[] {"", "a.b.c", "{}", "x".repeat(100_000), fido.signed("[]"), fido.signed("{}")})
      assertThat(refusal(Models.read(text, fido.signer(), NOON)))
          .isEqualTo(MetadataRefusal.UNREADABLE);
  }

  @Test
  void the_next_update_is_the_last_day_it_counts() {
    var models = read(fido.blob(3, "2026-11-22"));
    assertThat(models.number()).isEqualTo(3);
    assertThat(models.currentAt(NOON)).isTrue();
    assertThat(models.currentAt(NOON.plusSeconds(12 * 3600))).isFalse();
  }

  @Test
  void only_a_model_that_verifies_in_one_way_says_which() {
    assertThat(model("[" + way("fingerprint_internal") + "]").verifies()).isEqualTo(Set.of("fpt"));
    assertThat(model("[" + way("faceprint_internal", "presence_internal") + "]").verifies())
        .isEqualTo(Set.of("face"));
    assertThat(model("[" + way("eyeprint_internal") + "," + way("none") + "]").verifies())
        .isEqualTo(Set.of("iris"));
    assertThat(
            model("[" + way("passcode_external") + "," + way("presence_internal") + "]").verifies())
        .isEqualTo(Set.of("pin"));
    assertThat(
            model("[" + way("fingerprint_internal") + "," + way("passcode_internal") + "]")
                .verifies())
        .as("a finger or a PIN: nobody can tell")
        .isEmpty();
    assertThat(model("[" + way("fingerprint_internal", "all") + "]").verifies()).isEmpty();
    assertThat(model("[" + way("handprint_internal") + "]").verifies()).isEmpty();
    assertThat(model("[" + way("thought_internal") + "]").verifies()).isEmpty();
    assertThat(model("[]").verifies()).isEmpty();
  }

  @Test
  void a_grave_report_stays_whatever_follows() {
    for (String status :
        new String[] {
          "REVOKED",
          "USER_VERIFICATION_BYPASS",
          "ATTESTATION_KEY_COMPROMISE",
          "USER_KEY_REMOTE_COMPROMISE",
          "USER_KEY_PHYSICAL_COMPROMISE"
        })
      assertThat(
              model("[]", report(status, "2022-01-01"), report("FIDO_CERTIFIED_L2", "2023-01-01"))
                  .compromised())
          .contains(status);
    assertThat(model("[]", report("UPDATE_AVAILABLE", "2022-01-01")).compromised()).isEmpty();
  }

  @Test
  void the_highest_certification_counts_until_it_is_taken_away() {
    assertThat(
            model(
                    "[]",
                    report("FIDO_CERTIFIED_L1", "2022-01-01"),
                    report("FIDO_CERTIFIED_L2", "2023-01-01"),
                    report("FIPS140_CERTIFIED_L3", "2023-01-01"))
                .certification())
        .contains(Certification.FIDO_CERTIFIED_L2);
    assertThat(
            model(
                    "[]",
                    report("FIDO_CERTIFIED_L1plus", "2022-01-01"),
                    report("NOT_FIDO_CERTIFIED", "2023-01-01"))
                .certification())
        .isEmpty();
    assertThat(Certification.named("FIDO_CERTIFIED_L1plus"))
        .contains(Certification.FIDO_CERTIFIED_L1_PLUS);
  }

  @Test
  void an_entry_that_makes_no_sense_spoils_no_other() {
    var models =
        read(
            fido.blob(
                1,
                "2026-12-01",
                "{\"aaguid\":\"22222222-2222-3333-4444-555555555555\",\"metadataStatement\":7}",
                "{\"aaid\":\"1234#5678\"}",
                entry(KEY, fido.root(), "[]")));
    assertThat(models.size()).isEqualTo(1);
  }
}
