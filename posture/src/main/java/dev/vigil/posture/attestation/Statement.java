// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/// An attestation object in CBOR (WebAuthn Level 3, section 6.5), as far as it is the same for every
/// format: `fmt` and `attStmt`. ACME's `device-attest-01` sends it without `authData`.
public final class Statement {

  /// The largest that is read, in bytes. The largest known, a TPM's with RSA certificates, has about
  /// 6,000.
  public static final int LARGEST = 32 * 1024;

  private static final CBORMapper CBOR =
      CBORMapper.builder(
              CBORFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(8).maxNameLength(64).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String format;
  private final JsonNode content;

  private Statement(String format, JsonNode content) {
    this.format = format;
    this.content = content;
  }

  /// The format that an attestation object says it has; nothing in it is verified.
  public static Outcome<AttestationFormat> format(Bytes attestationObject) {
    return read(attestationObject)
        .then(
            statement ->
                AttestationFormat.find(statement.format)
                    .map(Outcome::done)
                    .orElseGet(() -> Outcome.refused(AttestationRefusal.FORMAT_UNKNOWN)));
  }

  /// The statement, if it is of this format.
  static Outcome<Statement> read(Bytes attestationObject, AttestationFormat expected) {
    return read(attestationObject)
        .then(
            statement ->
                statement.format.equals(expected.label())
                    ? Outcome.done(statement)
                    : Outcome.refused(AttestationRefusal.FORMAT_UNKNOWN));
  }

  private static Outcome<Statement> read(Bytes attestationObject) {
    if (attestationObject.size() > LARGEST) return Outcome.refused(AttestationRefusal.TOO_LARGE);
    var whole = tree(attestationObject);
    var format = whole.flatMap(tree -> tree.text("fmt"));
    var content = whole.map(tree -> tree.content.path("attStmt")).filter(JsonNode::isObject);
    if (format.isEmpty() || content.isEmpty()) return Outcome.refused(AttestationRefusal.MALFORMED);
    return Outcome.done(new Statement(format.get(), content.get()));
  }

  /// The fields of a CBOR map of another form, such as an assertion; empty if it is none, names a
  /// field twice, nests deeply, or more follows.
  static Optional<Statement> tree(Bytes cbor) {
    try {
      return Optional.of(CBOR.readTree(cbor.toArray()))
          .filter(JsonNode::isObject)
          .map(content -> new Statement("", content));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /// The certificates in `x5c`.
  Outcome<Chain> chain() {
    if (!content.path("x5c").isArray()) return Outcome.refused(AttestationRefusal.MALFORMED);
    List<byte[]> encoded = new ArrayList<>();
    for (JsonNode one : content.path("x5c")) {
      if (!one.isBinary()) return Outcome.refused(AttestationRefusal.MALFORMED);
      encoded.add(one.binaryValue());
    }
    return Chain.read(encoded);
  }

  /// A field that must be a text.
  Optional<String> text(String field) {
    var value = content.path(field);
    return value.isString() ? Optional.of(value.asString()) : Optional.empty();
  }

  /// A field that must be an integer that fits.
  Optional<Integer> number(String field) {
    var value = content.path(field);
    return value.isInt() ? Optional.of(value.asInt()) : Optional.empty();
  }

  /// A field that must be a byte string.
  Optional<byte[]> bytes(String field) {
    var value = content.path(field);
    return value.isBinary() ? Optional.of(value.binaryValue()) : Optional.empty();
  }
}
