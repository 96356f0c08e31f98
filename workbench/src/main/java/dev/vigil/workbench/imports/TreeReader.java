// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads a file of an export into trees: JSON, or YAML documents. Bounded in size, depth and number
/// of parts; no object is ever constructed, nothing is resolved (`NO` is the country), and no part
/// stands for another.
final class TreeReader {

  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final int MOST_PARTS = 1_000_000;
  private static final int DEEPEST = 40;
  private static final int LONGEST = 1024 * 1024;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST)
                  .maxNumberLength(100)
                  .build())
          .build();
  private static final Tree NOTHING = new Tree.Nothing();

  private int parts;

  private TreeReader() {}

  /// What a file holds, or why that cannot be told.
  sealed interface Read {
    /// One tree for each document.
    record Trees(List<Tree> all) implements Read {}

    /// It cannot be read.
    record Unreadable(String why) implements Read {}
  }

  /// Ends the reading of a file.
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stop(String why) {
      super(why, null, false, false);
    }
  }

  static Read read(SourceFile file) {
    try {
      if (file.content().length > MOST_BYTES)
        throw new Stop("it has more than " + MOST_BYTES / (1024 * 1024) + " MiB");
      var text = text(file.content());
      var reader = new TreeReader();
      return new Read.Trees(isJson(text) ? reader.json(text) : reader.yaml(text));
    } catch (Stop stop) {
      return new Read.Unreadable(String.valueOf(stop.getMessage()));
    }
  }

  /// UTF-8, or UTF-16 where a byte order mark says so, as PowerShell writes it.
  private static String text(byte[] content) {
    if (content.length >= 2 && content[0] == (byte) 0xff && content[1] == (byte) 0xfe)
      return decoded(content, 2, StandardCharsets.UTF_16LE);
    if (content.length >= 2 && content[0] == (byte) 0xfe && content[1] == (byte) 0xff)
      return decoded(content, 2, StandardCharsets.UTF_16BE);
    boolean marked =
        content.length >= 3
            && content[0] == (byte) 0xef
            && content[1] == (byte) 0xbb
            && content[2] == (byte) 0xbf;
    return decoded(content, marked ? 3 : 0, StandardCharsets.UTF_8);
  }

  private static String decoded(byte[] content, int from, Charset as) {
    try {
      return as.newDecoder()
          .decode(ByteBuffer.wrap(content, from, content.length - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Stop("it is not text in UTF-8 or UTF-16");
    }
  }

  private static boolean isJson(String text) {
    var start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  private List<Tree> json(String text) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      var tree = json(parser, parser.nextToken());
      if (parser.nextToken() != null) throw new Stop("something follows the end of the JSON");
      return List.of(tree);
    } catch (JacksonException e) {
      throw new Stop(
          "it is not JSON that can be read"
              + Optional.ofNullable(e.getLocation())
                  .map(place -> "; see line " + place.getLineNr())
                  .orElse(""));
    }
  }

  private Tree json(JsonParser parser, @org.jspecify.annotations.Nullable JsonToken token) {
    count();
    if (token == null) throw new Stop("the JSON ends too early");
    return switch (token) {
      case START_OBJECT -> entries(parser);
      case START_ARRAY -> {
        var items = new ArrayList<Tree>();
        for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken())
          items.add(json(parser, next));
        yield new Tree.Items(items);
      }
      case VALUE_NULL -> NOTHING;
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          new Tree.Text(parser.getString());
      default -> throw new Stop("it is not JSON that can be read");
    };
  }

  private Tree entries(JsonParser parser) {
    var entries = new Keys();
    for (var name = parser.nextName(); name != null; name = parser.nextName())
      entries.put(name, json(parser, parser.nextToken()));
    return entries.tree();
  }

  /// The keys of one object. Keys that differ in case only are one key to PowerShell and two to
  /// JSON: one of them must say nothing, or nobody could tell which counts.
  private static final class Keys {
    private final LinkedHashMap<String, Tree> entries = new LinkedHashMap<>();
    private final Map<String, String> written = new HashMap<>();

    void put(String name, Tree value) {
      var before = written.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (before == null) {
        entries.put(name, value);
        return;
      }
      boolean overridden = entries.getOrDefault(before, NOTHING).isEmpty();
      if (!overridden && !value.isEmpty())
        throw new Stop("`" + Plain.line(name, 60) + "` is written twice in one object");
      if (overridden) entries.put(before, value);
    }

    Tree tree() {
      return new Tree.Entries(entries);
    }
  }

  private List<Tree> yaml(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_BYTES);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(DEEPEST);
    options.setAllowDuplicateKeys(false);
    try {
      var reader = new StringReader(text);
      var trees = new ArrayList<Tree>();
      for (var node : new Yaml(options).composeAll(reader)) trees.add(yaml(node, 0));
      return trees;
    } catch (YAMLException e) {
      throw new Stop("it is neither JSON nor YAML that can be read");
    }
  }

  private Tree yaml(Node node, int depth) {
    count();
    if (depth > DEEPEST) throw new Stop("it is nested more than " + DEEPEST + " deep");
    if (node.getAnchor() != null) throw new Stop("it has an anchor (`&`); write it out");
    return switch (node) {
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> NOTHING;
      case ScalarNode scalar -> new Tree.Text(scalar.getValue());
      case SequenceNode list ->
          new Tree.Items(list.getValue().stream().map(one -> yaml(one, depth + 1)).toList());
      case MappingNode mapping -> entries(mapping, depth);
      default -> throw new Stop("it has a part that is no text, list or mapping");
    };
  }

  private Tree entries(MappingNode mapping, int depth) {
    var entries = new Keys();
    for (var tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key))
        throw new Stop("it has a key that is no word");
      entries.put(key.getValue(), yaml(tuple.getValueNode(), depth + 1));
    }
    return entries.tree();
  }

  private void count() {
    if (++parts > MOST_PARTS) throw new Stop("it has more than " + MOST_PARTS + " parts");
  }
}
