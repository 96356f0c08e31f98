// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The vendor's own publications, as others copied them.
class PublishedListsTest {

  private static RevocationList list(String name) {
    return ((Outcome.Done<RevocationList>)
            RevocationList.parse(Samples.read(name), Instant.EPOCH, Duration.ofDays(1)))
        .value();
  }

  @Test
  void the_bundled_roots_are_the_published_ones() {
    List<Bytes> published =
        IntStream.range(0, 5).mapToObj(at -> Samples.read(Samples.ROOTS + at + ".der")).toList();
    assertThat(GoogleRoots.all().stream().map(TestRoot::der)).containsExactlyElementsOf(published);
    assertThat(GoogleRoots.all().stream().map(X509Certificate::getPublicKey).distinct()).hasSize(2);
  }

  @Test
  void the_status_lists_that_were_published_are_read_whole() {
    // Four decimal serial numbers, which count twice, and a hexadecimal one.
    assertThat(list(Samples.CHAINS + "status.json").size()).isEqualTo(9);
    assertThat(list("data/device-data/android-attestation-status.json").size())
        .isGreaterThanOrEqualTo(467);
  }
}
