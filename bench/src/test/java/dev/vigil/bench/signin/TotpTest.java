// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The peer's people type the codes that an authenticator app would show.
class TotpTest {

  @Test
  void codes_are_those_of_the_standard() {
    // RFC 6238, appendix B, the last six of its eight digits
    var totp = new Totp("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    assertThat(totp.at(Instant.ofEpochSecond(59))).isEqualTo("287082");
    assertThat(totp.at(Instant.ofEpochSecond(1_111_111_109))).isEqualTo("081804");
    assertThat(totp.at(Instant.ofEpochSecond(1_111_111_111))).isEqualTo("050471");
    assertThat(totp.at(Instant.ofEpochSecond(20_000_000_000L))).isEqualTo("353130");
  }
}
