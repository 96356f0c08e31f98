// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON so that two readers cannot understand two things: UTF-8 only, no member twice,
/// nothing after the end, no deep nesting, unknown members of records refused.
public final class StrictJson {

  private static final int DEPTH = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private StrictJson() {}

  /// The text is not such JSON; [#says] can be shown to who sent it.
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String says;

    Malformed(String says) {
      super(says);
      this.says = says;
    }

    /// What is wrong and where.
    public String says() {
      return says;
    }
  }

  /// @throws Malformed if the bytes are not one strict JSON object
  public static ObjectNode object(byte[] utf8) {
    return read(utf8, ObjectNode.class);
  }

  /// @throws Malformed if the bytes are not one strict JSON value of this type
  public static <T> T read(byte[] utf8, Class<T> type) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
      T value = MAPPER.readValue(utf8, type);
      if (value == null) throw new Malformed("the JSON is `null`");
      return value;
    } catch (CharacterCodingException e) {
      throw new Malformed("the JSON is not UTF-8");
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw new Malformed(
          at == null || at.getLineNr() < 1
              ? "the JSON does not fit"
              : "the JSON does not fit at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }
  }

  /// Writes a value as JSON.
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
