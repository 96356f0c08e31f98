// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.attestation.AttestationRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The vendor's list of attestation keys that it took back.
class RevocationListTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static Outcome<RevocationList> parse(Bytes json) {
    return RevocationList.parse(json, NOW, Duration.ofDays(3));
  }

  static RevocationList read(String json) {
    return ((Outcome.Done<RevocationList>) parse(TestKeys.bytes(json))).value();
  }

  @Test
  void the_list_is_believed_for_as_long_as_was_said() {
    var list = read("{\"entries\":{}}");
    assertThat(list.countsAt(NOW.plus(Duration.ofDays(3)).minusSeconds(1))).isTrue();
    assertThat(list.countsAt(NOW.plus(Duration.ofDays(3)))).isFalse();
  }

  @Test
  void revoked_suspended_and_whatever_may_come_all_count() {
    var root = GoogleRoots.all().getFirst(); // e8fa196314d2fa18
    for (var status : List.of("REVOKED", "SUSPENDED", "SOMETHING_NEW"))
      assertThat(
              read("{\"entries\":{\"e8fa196314d2fa18\":{\"status\":\"" + status + "\"}}}")
                  .names(root))
          .isTrue();
  }

  @Test
  void a_serial_number_of_digits_only_is_taken_as_decimal_and_as_hexadecimal() {
    var decimal = GoogleRoots.all().getFirst().getSerialNumber().toString();
    var list = read("{\"entries\":{\"" + decimal + "\":{\"status\":\"REVOKED\"}}}");
    assertThat(list.names(GoogleRoots.all().getFirst())).isTrue();
    assertThat(list.names(GoogleRoots.all().get(1))).isFalse();
    assertThat(list.size()).isEqualTo(2);
  }

  @Test
  void a_list_with_anything_in_it_that_is_not_understood_is_no_list() {
    for (var json :
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "{\"entries\":[]}",
            "{\"entries\":{\"ab\":null}}",
            "{\"entries\":{\"ab\":{}}}",
            "{\"entries\":{\"ab\":{\"status\":1}}}",
            "{\"entries\":{\"ab\":{\"status\":\"\"}}}",
            "{\"entries\":{\"AB\":{\"status\":\"REVOKED\"}}}",
            "{\"entries\":{\"-1\":{\"status\":\"REVOKED\"}}}",
            "{\"entries\":{\"\":{\"status\":\"REVOKED\"}}}",
            "{\"entries\":{\"0x1\":{\"status\":\"REVOKED\"}}}",
            "{\"entries\":{\"ab\":{\"status\":\"REVOKED\"}}",
            "[".repeat(100_000))) {
      var answer = parse(TestKeys.bytes(json));
      assertThat(answer).as("%.80s", json).isInstanceOf(Outcome.Refused.class);
      assertThat(((Outcome.Refused<RevocationList>) answer).refusal())
          .isEqualTo(AttestationRefusal.REVOCATION_UNKNOWN);
    }
    assertThat(parse(Bytes.of(new byte[] {'{', (byte) 0xC3, '}'})))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(parse(Bytes.of(new byte[RevocationList.LARGEST + 1])))
        .isInstanceOf(Outcome.Refused.class);
  }
}
