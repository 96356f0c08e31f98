// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.document;

import dev.vigil.policy.language.Place;
import java.util.ArrayList;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON (RFC 8259), one value and nothing after it.
final class JsonDocument {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Bounds.DEEPEST + 2)
                  .maxNumberLength(100)
                  .build())
          .build();

  private final String name;
  private final Report report;
  private final Bounds bounds;

  JsonDocument(String name, Report report) {
    this.name = name;
    this.report = report;
    this.bounds = new Bounds(report);
  }

  Node read(String text) {
    try (var parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
      var tree = node(parser, parser.nextToken(), 0);
      if (parser.nextToken() != null)
        throw refused(place(parser), "something follows the end", "a document is one value");
      return tree;
    } catch (JacksonException e) {
      throw refused(place(e.getLocation()), "this is not JSON", "it cannot be read any further");
    }
  }

  private Node node(
      JsonParser parser, @org.jspecify.annotations.Nullable JsonToken token, int depth) {
    var place = place(parser);
    bounds.part(place, depth);
    if (token == null) throw refused(place, "the JSON ends too early", "something is missing");
    return switch (token) {
      case START_OBJECT -> mapping(parser, place, depth);
      case START_ARRAY -> items(parser, place, depth);
      case VALUE_STRING -> scalar(parser, Node.Form.QUOTED);
      case VALUE_NULL -> scalar(parser, Node.Form.NOTHING);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          scalar(parser, Node.Form.BARE);
      default -> throw refused(place, "this is not JSON", "no value begins here");
    };
  }

  private Node.Scalar scalar(JsonParser parser, Node.Form form) {
    var place = place(parser);
    var text = parser.getString();
    bounds.value(place, text);
    return new Node.Scalar(text, form, place);
  }

  private Node items(JsonParser parser, Place place, int depth) {
    var items = new ArrayList<Node>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken())
      items.add(node(parser, token, depth + 1));
    return new Node.Items(items, place);
  }

  private Node mapping(JsonParser parser, Place place, int depth) {
    var entries = new ArrayList<Node.Entry>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var key = scalar(parser, Node.Form.QUOTED);
      entries.add(new Node.Entry(key, node(parser, parser.nextToken(), depth + 1)));
    }
    return new Node.Mapping(entries, place);
  }

  private Unreadable refused(Place place, String what, String why) {
    report.problem(place, what, why, "check commas, quotes and brackets");
    return new Unreadable();
  }

  private Place place(JsonParser parser) {
    return place(parser.currentTokenLocation());
  }

  private Place place(@org.jspecify.annotations.Nullable TokenStreamLocation at) {
    return at == null
        ? new Place(name, 1, 1)
        : new Place(name, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }
}
