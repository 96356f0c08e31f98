// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.document;

import dev.vigil.policy.language.Place;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/// Reads the plain part of YAML: one document, no anchors, aliases or tags. No object is ever
/// constructed from it.
final class YamlDocument {

  private final String name;
  private final Report report;
  private final Bounds bounds;

  YamlDocument(String name, Report report) {
    this.name = name;
    this.report = report;
    this.bounds = new Bounds(report);
  }

  Optional<Node> read(String text) {
    try {
      return document(new Yaml(options()).parse(new StringReader(text)).iterator());
    } catch (MarkedYAMLException e) {
      report.problem(
          place(e.getProblemMark()),
          "this is not YAML: " + e.getProblem(),
          "the file cannot be read any further",
          "check the indentation; put what holds `: ` or ` #` in single quotes");
    } catch (YAMLException e) {
      report.problem(
          new Place(name, 1, 1),
          "there is a character that cannot be printed",
          "a document is plain text",
          "remove it");
    }
    return Optional.empty();
  }

  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setCodePointLimit(Bounds.MOST_CHARACTERS);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(Bounds.DEEPEST);
    return options;
  }

  private Optional<Node> document(Iterator<Event> events) {
    Optional<Node> tree = Optional.empty();
    int documents = 0;
    while (events.hasNext()) {
      var event = events.next();
      if (event instanceof DocumentStartEvent && ++documents > 1)
        stop(event, "a second document begins here", "a file is one document", "remove `---`");
      if (event instanceof NodeEvent node) tree = Optional.of(node(node, events, 0));
    }
    return tree.filter(root -> !(root instanceof Node.Scalar only && only.text().isEmpty()));
  }

  private Node node(NodeEvent event, Iterator<Event> events, int depth) {
    bounds.part(place(event), depth);
    if (event instanceof AliasEvent || event.getAnchor() != null)
      stop(
          event,
          "`" + (event instanceof AliasEvent ? "*" : "&") + event.getAnchor() + "` repeats a part",
          "anchors and aliases are not used here",
          "write it out; text that begins with `*` or `&` needs quotes");
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar);
      case SequenceStartEvent start -> items(start, events, depth);
      case MappingStartEvent start -> mapping(start, events, depth);
      default -> throw new IllegalStateException("no other node events exist");
    };
  }

  private Node.Scalar scalar(ScalarEvent event) {
    refuseTag(event, event.getTag());
    bounds.value(place(event), event.getValue());
    return new Node.Scalar(event.getValue(), form(event), place(event));
  }

  private static Node.Form form(ScalarEvent event) {
    if (event.getScalarStyle() != ScalarStyle.PLAIN) return Node.Form.QUOTED;
    return switch (event.getValue()) {
      case "null", "~" -> Node.Form.NOTHING;
      default -> Node.Form.PLAIN;
    };
  }

  private Node items(SequenceStartEvent start, Iterator<Event> events, int depth) {
    refuseTag(start, start.getTag());
    var items = new ArrayList<Node>();
    for (var next = events.next(); !(next instanceof SequenceEndEvent); next = events.next())
      items.add(node((NodeEvent) next, events, depth + 1));
    return new Node.Items(items, place((CollectionStartEvent) start));
  }

  private Node mapping(MappingStartEvent start, Iterator<Event> events, int depth) {
    refuseTag(start, start.getTag());
    var entries = new ArrayList<Node.Entry>();
    for (var next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
      var key = node((NodeEvent) next, events, depth + 1);
      var value = node((NodeEvent) events.next(), events, depth + 1);
      if (key instanceof Node.Scalar word) entries.add(new Node.Entry(word, value));
      else
        report.problem(
            key.place(),
            "a key is " + key.kind(),
            "keys are words",
            "check the indentation and brackets");
    }
    return new Node.Mapping(entries, place((CollectionStartEvent) start));
  }

  private void refuseTag(Event event, @org.jspecify.annotations.Nullable String tag) {
    if (tag != null)
      stop(
          event, "`" + tag + "` is a YAML tag", "tags are not used here", "remove it, or quote it");
  }

  private void stop(Event event, String what, String why, String next) {
    report.problem(place(event), what, why, next);
    throw new Unreadable();
  }

  private Place place(Event event) {
    return place(event.getStartMark());
  }

  private Place place(@org.jspecify.annotations.Nullable Mark mark) {
    return mark == null
        ? new Place(name, 1, 1)
        : new Place(name, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
