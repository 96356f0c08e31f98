// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.KnownApp;
import dev.vigil.posture.attestation.KnownApps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Descriptions and chains that no phone would make: every one is read or refused, and none breaks
/// anything. A failure names its seed.
class HostileDescriptionsTest {

  private static final int ROUNDS = Integer.getInteger("vigil.fuzz", 20_000);
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Bytes CHALLENGE = TestKeys.bytes("challenge");
  private static final TestPhone PHONE =
      TestPhone.healthy(
          LocalDate.of(2026, 11, 5),
          new KnownApp("com.example.bank", Set.of(Sha256.of(new byte[0]))));

  static byte[] healthy() {
    try {
      return PHONE.description(CHALLENGE).toASN1Primitive().getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a description and, if it can be read, everything that it says.
  static void survive(byte[] der) {
    if (KeyDescription.read(Bytes.of(der)) instanceof Outcome.Done<KeyDescription>(var says)) {
      ProvenKey.check(says);
      assertThat(Saying.signals(says)).isNotEmpty();
      assertThat(Saying.identifiers(says)).isNotNull();
    }
  }

  @Test
  void a_changed_description_is_read_or_refused() {
    byte[] healthy = healthy();
    for (int seed = 0; seed < ROUNDS; seed++) {
      byte[] changed = changed(healthy, new Random(seed));
      try {
        survive(changed);
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void a_changed_chain_is_refused() {
    var root = TestRoot.of(TestKeys.fresh(), TestKeys::fresh, NOW.minusSeconds(1000));
    var key = TestKeys.fresh().getPublic();
    var chain = PHONE.attest(root, key, CHALLENGE, NOW);
    var verifier =
        new AndroidKeyAttestation(
            new Anchors(List.of(), List.of(root.certificate())), Optional.empty());
    var expected = new Expected(CHALLENGE, Optional.of(key), KnownApps.any());
    for (int seed = 0; seed < ROUNDS / 10; seed++) {
      var random = new Random(seed);
      var changed = new ArrayList<>(chain);
      int at = random.nextInt(chain.size());
      changed.set(at, Bytes.of(changed(chain.get(at).toArray(), random)));
      if (changed.equals(chain)) continue;
      assertThat(verifier.verify(changed, expected, NOW))
          .as("seed %d", seed)
          .isInstanceOf(Outcome.Refused.class);
    }
  }

  private static byte[] changed(byte[] from, Random random) {
    byte[] bytes = from.clone();
    for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 1; times--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
        default -> {
          int source = random.nextInt(from.length);
          int length = Math.min(from.length - source, bytes.length - at);
          System.arraycopy(from, source, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  @Test
  void nesting_without_end_is_refused() {
    for (int first : List.of(0x30, 0x31, 0xA0, 0xBF)) {
      byte[] bytes = new byte[8 * 1024];
      for (int at = 0; at + 1 < bytes.length; at += 2) {
        bytes[at] = (byte) first;
        bytes[at + 1] = (byte) 0x80;
      }
      assertThat(KeyDescription.read(Bytes.of(bytes))).isInstanceOf(Outcome.Refused.class);
      assertThat(KeyDescription.read(Bytes.of(nested(first, 2000))))
          .isInstanceOf(Outcome.Refused.class);
    }
    assertThat(KeyDescription.read(Bytes.of(new byte[9 * 1024])))
        .isInstanceOf(Outcome.Refused.class);
  }

  private static byte[] nested(int tag, int deep) {
    byte[] inner = {5, 0};
    for (int level = 0; level < deep; level++) {
      byte[] outer = new byte[inner.length + 4];
      outer[0] = (byte) tag;
      outer[1] = (byte) 0x82;
      outer[2] = (byte) (inner.length >> 8);
      outer[3] = (byte) inner.length;
      System.arraycopy(inner, 0, outer, 4, inner.length);
      inner = outer;
    }
    return inner;
  }
}
