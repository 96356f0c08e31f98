// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The exchanges that a guide shows in blocks marked `http`: a request, and the answer that it
/// promises.
final class GuideExchanges {

  private static final Pattern BLOCK = Pattern.compile("```http\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern ANSWER =
      Pattern.compile("(.*?)\n+HTTP/1\\.1 (\\d{3})(?:\n(.*))?", Pattern.DOTALL);
  private static final Pattern BLANK = Pattern.compile("\\{\\{([a-z_]+)}}");

  private GuideExchanges() {}

  /// One exchange, blanks not filled in.
  ///
  /// @param promised the JSON whose members the answer has; empty if it promises none
  record Exchange(
      String method,
      String path,
      Map<String, String> headers,
      String body,
      int status,
      Optional<String> promised) {}

  static List<Exchange> read(Path guide) throws IOException {
    var found = new ArrayList<Exchange>();
    var blocks = BLOCK.matcher(Files.readString(guide));
    while (blocks.find()) found.add(exchange(blocks.group(1)));
    return found;
  }

  private static Exchange exchange(String block) {
    var parts = ANSWER.matcher(block);
    if (!parts.matches()) throw new IllegalStateException("no answer in: " + block);
    var request = parts.group(1).split("\n\n", 2);
    var lines = request[0].split("\n");
    var first = lines[0].split(" ");
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      var field = lines[i].split(": ", 2);
      headers.put(field[0], field[1]);
    }
    return new Exchange(
        first[0],
        first[1],
        headers,
        request.length > 1 ? request[1].strip() : "",
        Integer.parseInt(parts.group(2)),
        Optional.ofNullable(parts.group(3)).filter(text -> !text.isBlank()));
  }

  /// The text with every blank filled in; one that nobody knows is an error in the guide.
  static String filled(String text, Map<String, String> known) {
    return BLANK
        .matcher(text)
        .replaceAll(blank -> {
          var value = known.get(blank.group(1));
          if (value == null) throw new IllegalStateException("what is `" + blank.group(1) + "`?");
          return Matcher.quoteReplacement(value);
        });
  }
}
