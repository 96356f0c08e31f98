// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;

/// Values of the schema, taken from parsed ASN.1. Whatever is of another type, or too large, is a
/// runtime exception, which [KeyDescription#read] turns into a refusal.
final class Asn1 {

  private static final int MOST_OF_A_SET = 64;

  private Asn1() {}

  static Bytes octets(ASN1Encodable value) {
    return Bytes.of(ASN1OctetString.getInstance(value).getOctets());
  }

  static long number(ASN1Encodable value) {
    return ASN1Integer.getInstance(value).longValueExact();
  }

  /// DER knows one way to write true (X.690, section 11.1); others are refused.
  static boolean bool(ASN1Encodable value) {
    var read = ASN1Boolean.getInstance(value);
    if (!canonical(read)) throw new IllegalArgumentException("a boolean that is not DER");
    return read.isTrue();
  }

  private static boolean canonical(ASN1Boolean read) {
    try {
      byte content = read.getEncoded()[2];
      return content == 0 || content == (byte) 0xFF;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Text in UTF-8 and nothing else.
  static String utf8(Bytes octets) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets.toArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text that is not UTF-8", e);
    }
  }

  static <E> E oneOf(E[] values, ToIntFunction<E> number, ASN1Encodable value) {
    int wanted = ASN1Enumerated.getInstance(value).intValueExact();
    return Arrays.stream(values)
        .filter(one -> number.applyAsInt(one) == wanted)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no value of its enumeration"));
  }

  static Set<Long> numbers(ASN1Encodable value) {
    var found = new LinkedHashSet<Long>();
    for (var one : elements(value)) found.add(number(one));
    return found;
  }

  static ASN1Encodable[] elements(ASN1Encodable value) {
    var set = ASN1Set.getInstance(value);
    if (set.size() > MOST_OF_A_SET) throw new IllegalArgumentException("a set that is too large");
    return Arrays.stream(set.toArray()).toArray(ASN1Encodable[]::new);
  }
}
