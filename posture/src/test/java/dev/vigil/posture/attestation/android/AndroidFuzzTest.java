// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vigil.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/// Fuzz targets of everything here that reads what others send. In a full `./verify` they run on
/// their seeds; with `JAZZER_FUZZ=1` and one target chosen they look for more. Every build has the
/// changes by chance of [HostileDescriptionsTest] instead: instrumenting takes longer than that.
@Tag("full")
class AndroidFuzzTest {

  static Stream<byte[]> descriptions() {
    return Stream.of(HostileDescriptionsTest.healthy(), new byte[] {0x30, 0}, new byte[0]);
  }

  @MethodSource("descriptions")
  @FuzzTest(maxDuration = "5m")
  void a_key_description_is_read_or_refused(byte[] der) {
    HostileDescriptionsTest.survive(der);
  }

  static Stream<byte[]> lists() {
    return Stream.of("{}", "{\"entries\":{\"1\":{\"status\":\"REVOKED\"}}}", "[[[[", "")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("lists")
  @FuzzTest(maxDuration = "5m")
  void a_status_list_is_read_or_refused(byte[] json) {
    assertThat(RevocationList.parse(Bytes.of(json), Instant.EPOCH, Duration.ofDays(1))).isNotNull();
  }
}
