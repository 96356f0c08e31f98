// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.replay;

import dev.vigil.policy.FactsSchema;
import dev.vigil.workbench.replay.RecordLines.Line;
import java.time.DateTimeException;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads lines of one stream. Facts of a snapshot are read the first time it is met and passed over
/// after that.
final class LineReader {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(8).maxNumberLength(40).build())
          .build();

  private final SnapshotCache snapshots = new SnapshotCache();
  private final FactsParser facts;

  LineReader(FactsSchema schema) {
    facts = new FactsParser(schema);
  }

  Line read(byte[] buffer, int from, int length, long number) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), buffer, from, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) throw new Unusable("it is no JSON object");
      var record = new LineRecord();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) member(parser, record);
      if (parser.nextToken() != null) throw new Unusable("something follows its end");
      return record.line();
    } catch (JacksonException e) {
      return new Line.Unusable(number, "it is not JSON");
    } catch (Unusable e) {
      return new Line.Unusable(number, e.why());
    } catch (IllegalArgumentException | DateTimeException e) {
      return new Line.Unusable(number, "it holds a value that is never written");
    }
  }

  private void member(JsonParser parser, LineRecord record) {
    var name = parser.currentName();
    parser.nextToken();
    switch (name) {
      case "id" -> record.reference = text(parser, name);
      case "at" -> record.at = facts.time(text(parser, name));
      case "app" -> record.app = text(parser, name);
      case "outcome" -> record.outcome(text(parser, name).toUpperCase(Locale.ROOT));
      case "schema_version" -> {
        if (parser.getIntValue() != 1)
          throw new Unusable("its facts schema has version " + parser.getIntValue());
      }
      case "snapshots" -> snapshots(parser, record);
      case "facts" -> facts.own(parser, record::own);
      case "deciding" -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) record.deciding.add(text(parser, name));
      }
      case "reasons" -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) record.reasons.add(reason(parser));
      }
      case "valid_until" -> record.validUntil = facts.time(text(parser, name));
      case "rejection" -> record.rejection = text(parser, name);
      case "certificate", "action", "policy_version" -> parser.skipChildren();
      default -> throw new Unusable("it has `" + name + "`, which records do not have");
    }
  }

  static String text(JsonParser parser, String name) {
    if (parser.currentToken() != JsonToken.VALUE_STRING)
      throw new Unusable("`" + name + "` is not text");
    return parser.getString();
  }

  private static Recorded.Cause reason(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT)
      throw new Unusable("a reason is no object");
    String rule = "";
    String requirement = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "rule" -> rule = text(parser, name);
        case "requirement" -> requirement = text(parser, name);
        default -> throw new Unusable("a reason has `" + name + "`");
      }
    }
    return new Recorded.Cause(rule, requirement);
  }

  private void snapshots(JsonParser parser, LineRecord record) {
    if (parser.currentToken() != JsonToken.START_OBJECT)
      throw new Unusable("`snapshots` is no object");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var entity = FactsParser.entity(parser.currentName());
      parser.nextToken();
      record.snapshot(snapshots.read(parser, entity, facts));
    }
  }
}
