// SPDX-License-Identifier: Apache-2.0
package dev.vigil.audit;

import dev.vigil.kernel.Sha256;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// How a payload is checked and how it enters the tamper-evident log.
public final class RecordLeaf {

  private RecordLeaf() {}

  /// The leaf hash of RFC 6962 section 2.1: SHA-256 over a zero byte and the payload.
  public static Sha256 hash(byte[] payload) {
    var leaf = new byte[payload.length + 1];
    System.arraycopy(payload, 0, leaf, 1, payload.length);
    return Sha256.of(leaf);
  }

  /// CRC-32C over the payload's length in four big-endian bytes and the payload, from the buffer's
  /// position to its limit; the buffer's position is kept.
  public static int checksum(ByteBuffer payload) {
    var crc = new CRC32C();
    int length = payload.remaining();
    crc.update(length >>> 24);
    crc.update(length >>> 16);
    crc.update(length >>> 8);
    crc.update(length);
    crc.update(payload.duplicate());
    return (int) crc.getValue();
  }
}
