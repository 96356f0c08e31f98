// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

import java.util.regex.Pattern;

/// Shared form of the opaque ids: a prefix that names the kind, `_`, and 26 characters of
/// lower-case base32 (128 bits).
final class Id {

  private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
  private static final Pattern BODY = Pattern.compile("[a-z2-7]{26}");
  private static final int BYTES = 16;

  private Id() {}

  static String checked(String prefix, String value) {
    if (!value.startsWith(prefix) || !BODY.matcher(value.substring(prefix.length())).matches()) {
      throw new IllegalArgumentException(
          "`" + value + "` is not an id of the form " + prefix + "...");
    }
    return value;
  }

  static String random(String prefix, Entropy entropy) {
    byte[] bytes = entropy.bytes(BYTES);
    var text = new StringBuilder(prefix);
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET[(buffer >>> bits) & 31]);
      }
    }
    return text.append(ALPHABET[(buffer << (5 - bits)) & 31]).toString();
  }
}
