// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
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
import org.yaml.snakeyaml.reader.ReaderException;

/// Reads one source into a tree. Takes the plain part of YAML only: one document, no anchors,
/// aliases or tags, bounded in size, depth and number of parts. No object is ever constructed from
/// a source.
final class YamlReader {

  private static final int MOST_CHARACTERS = 512 * 1024;
  private static final int MOST_PARTS = 50_000;
  private static final int DEEPEST = 12;

  private final PolicySource source;
  private final int[] codePoints;
  private final Report report;
  private int parts;

  /// Ends the reading of a source whose problem has been reported.
  private static final class Unreadable extends RuntimeException {
    private Unreadable() {
      super("reported already", null, false, false);
    }
  }

  private YamlReader(PolicySource source, Report report) {
    this.source = source;
    this.codePoints = source.text().codePoints().toArray();
    this.report = report;
  }

  /// The tree; empty if there is nothing in the source or it cannot be read.
  static Optional<Yaml> read(PolicySource source, Report report) {
    if (source.text().length() > MOST_CHARACTERS) {
      report.problem(
          new Place(source.name(), 1, 1),
          "the file has " + source.text().length() + " characters",
          "the most is " + MOST_CHARACTERS,
          "split it into several files");
      return Optional.empty();
    }
    return new YamlReader(source, report).read();
  }

  private Optional<Yaml> read() {
    try {
      var events =
          new org.yaml.snakeyaml.Yaml(options()).parse(new StringReader(source.text())).iterator();
      return document(events);
    } catch (Unreadable reported) {
      return Optional.empty();
    } catch (MarkedYAMLException e) {
      refuse(
          e.getProblemMark(),
          "this is not YAML: " + e.getProblem(),
          "the file cannot be read any further",
          "check the indentation; put a condition that holds `: `, ` #` or quotes behind `|` on"
              + " lines of its own, or in single quotes");
    } catch (ReaderException e) {
      refuse(
          placeOf(e.getPosition()),
          "there is a character that cannot be printed (code %04x)".formatted(e.getCodePoint()),
          "a policy is plain text",
          "remove it");
    } catch (YAMLException | NumberFormatException e) {
      // the latter for `\UFFFFFFFF`, which the parser does not expect
      refuse(
          new Place(source.name(), 1, 1),
          "this is not YAML",
          "the file cannot be read",
          "check the file");
    }
    return Optional.empty();
  }

  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(DEEPEST);
    return options;
  }

  private Optional<Yaml> document(Iterator<Event> events) {
    Optional<Yaml> tree = Optional.empty();
    int documents = 0;
    while (events.hasNext()) {
      var event = events.next();
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        stop(
            event,
            "a second document begins here",
            "a file is one document",
            "move it to a file of its own and remove `---`");
      }
      if (event instanceof NodeEvent node) tree = Optional.of(node(node, events, 0));
    }
    if (tree.isPresent()
        && tree.get() instanceof Yaml.Scalar(String text, Layout ignored)
        && text.isEmpty()) return Optional.empty();
    return tree;
  }

  private Yaml node(NodeEvent event, Iterator<Event> events, int depth) {
    if (++parts > MOST_PARTS)
      stop(
          event,
          "the file has more than " + MOST_PARTS + " parts",
          "that is more than anyone can review",
          "split it into several files");
    if (depth > DEEPEST)
      stop(
          event,
          "this is nested more than " + DEEPEST + " deep",
          "no policy needs that",
          "check the indentation and brackets");
    if (event instanceof AliasEvent)
      stop(
          event,
          "`*` repeats another part of the file",
          "aliases hide from a reviewer what applies",
          "write it out, or name it as a `level`; a condition that begins with `*` needs single"
              + " quotes");
    if (event.getAnchor() != null)
      stop(
          event,
          "`&" + event.getAnchor() + "` names a part of the file",
          "anchors are not used in policies",
          "write it out, or name it as a `level`");
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar);
      case SequenceStartEvent start -> items(start, events, depth);
      case MappingStartEvent start -> mapping(start, events, depth);
      default -> throw new IllegalStateException("no other node events exist");
    };
  }

  private Yaml.Scalar scalar(ScalarEvent event) {
    if (event.getTag() != null) refuseTag(event, event.getTag());
    // What stands behind a tag is half of what was meant: read on with something that is no problem
    // of its own.
    var text = event.getTag() == null ? event.getValue() : "true";
    return new Yaml.Scalar(
        text,
        new Layout(
            source.name(), codePoints, event.getStartMark().getIndex(), event.getScalarStyle()));
  }

  private Yaml items(SequenceStartEvent start, Iterator<Event> events, int depth) {
    checkTag(start);
    var items = new ArrayList<Yaml>();
    for (var next = events.next(); !(next instanceof SequenceEndEvent); next = events.next())
      items.add(node((NodeEvent) next, events, depth + 1));
    return new Yaml.Items(items, place(start.getStartMark()));
  }

  private Yaml mapping(MappingStartEvent start, Iterator<Event> events, int depth) {
    checkTag(start);
    var entries = new ArrayList<Yaml.Entry>();
    for (var next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
      var key = node((NodeEvent) next, events, depth + 1);
      var value = node((NodeEvent) events.next(), events, depth + 1);
      if (key instanceof Yaml.Scalar name) entries.add(new Yaml.Entry(name, value));
      else
        report.problem(
            key.place(),
            "a key is " + key.kind(),
            "keys are words",
            "check the indentation and brackets");
    }
    return new Yaml.Mapping(entries, place(start.getStartMark()));
  }

  private void checkTag(CollectionStartEvent event) {
    if (event.getTag() != null) refuseTag(event, event.getTag());
  }

  private void refuseTag(Event event, String tag) {
    report.problem(
        place(event.getStartMark()),
        "`" + tag + "` is a YAML tag",
        "tags are not used in policies",
        "put a condition that begins with `!` in single quotes");
  }

  private void stop(Event event, String what, String why, String next) {
    refuse(event.getStartMark(), what, why, next);
    throw new Unreadable();
  }

  private void refuse(Mark mark, String what, String why, String next) {
    refuse(place(mark), what, why, next);
  }

  private void refuse(Place place, String what, String why, String next) {
    report.problem(place, what, why, next);
  }

  private Place place(Mark mark) {
    return new Place(source.name(), mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Place placeOf(int index) {
    return new Layout(
            source.name(),
            codePoints,
            Math.min(index, codePoints.length),
            org.yaml.snakeyaml.DumperOptions.ScalarStyle.PLAIN)
        .start();
  }
}
