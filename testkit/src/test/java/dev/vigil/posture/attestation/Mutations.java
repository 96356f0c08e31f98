// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Bytes;
import java.util.Arrays;
import java.util.Random;

/// Spoils bytes, the same way for the same seed.
final class Mutations {

  /// Bytes that mean much in CBOR and ASN.1: long lengths, indefinite lengths, tags, breaks.
  private static final byte[] TELLING = {
    0x00, 0x1b, 0x1f, 0x3f, 0x5f, 0x7f, (byte) 0x80, (byte) 0x84, (byte) 0x9f, (byte) 0xbf,
    (byte) 0xc2, (byte) 0xdf, (byte) 0xf6, (byte) 0xff, 0x02, 0x04, 0x06, 0x30, 0x31, (byte) 0xa0
  };

  /// How many are tried of each statement.
  static final int ROUNDS = Integer.getInteger("vigil.fuzz", 1_500);

  private Mutations() {}

  /// One to three spots changed, cut out, doubled or cut off; always other bytes than given.
  static Bytes of(Bytes whole, Random random) {
    byte[] spoilt = whole.toArray();
    for (int i = 1 + random.nextInt(3); i > 0; i--) spoilt = once(spoilt, random);
    var changed = Bytes.of(spoilt);
    return changed.equals(whole) ? of(whole, random) : changed;
  }

  private static byte[] once(byte[] before, Random random) {
    if (before.length < 2) return new byte[] {(byte) random.nextInt()};
    int at = random.nextInt(before.length);
    int end = Math.min(before.length, at + 1 + random.nextInt(16));
    return switch (random.nextInt(6)) {
      case 0 -> with(before, at, (byte) (before[at] ^ 1 << random.nextInt(8)));
      case 1 -> with(before, at, TELLING[random.nextInt(TELLING.length)]);
      case 2 -> with(before, at, (byte) random.nextInt());
      case 3 -> joined(before, at, before, end);
      case 4 -> joined(before, end, before, at);
      default -> Arrays.copyOf(before, at);
    };
  }

  private static byte[] with(byte[] before, int at, byte value) {
    byte[] after = before.clone();
    after[at] = value;
    return after;
  }

  private static byte[] joined(byte[] head, int headEnd, byte[] tail, int tailStart) {
    byte[] joined = Arrays.copyOf(head, headEnd + tail.length - tailStart);
    System.arraycopy(tail, tailStart, joined, headEnd, tail.length - tailStart);
    return joined;
  }
}
