// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.io.IOException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// A leaf of the command tree that asks the administration API.
abstract class AdminCommand extends Leaf {

  AdminCommand(Context context) {
    super(context);
  }

  /// Does it; what is refused is thrown as a [Failure].
  void run(Api api) {
    throw new IllegalStateException("a command overrides one of the two");
  }

  /// Does it where done can mean several things.
  Exit ask(Api api) {
    run(api);
    return Exit.DONE;
  }

  @Override
  protected Exit perform() throws IOException {
    try (var api = Api.open(context)) {
      return ask(api);
    }
  }

  /// Prints the server's answer for a program, or what a person should read.
  final void show(JsonNode answer, Consumer<Terminal> people) {
    if (json) context.terminal().line(answer.toPrettyString());
    else people.accept(context.terminal());
  }

  /// Prints an answer that a person needs one sentence of.
  final void show(JsonNode answer, String sentence) {
    show(answer, terminal -> terminal.line(sentence));
  }

  final void table(JsonNode answer, Table table) {
    show(answer, terminal -> table.lines().forEach(terminal::line));
  }

  static String text(JsonNode node, String name) {
    var member = node.get(name);
    if (member == null || member.isNull()) return "";
    return member.isString() ? member.asString() : member.toString();
  }

  static String words(JsonNode node, String name) {
    var member = node.get(name);
    if (member == null || !member.isArray()) return "";
    return String.join(
        " ",
        member
            .valueStream()
            .map(word -> word.isString() ? word.asString() : word.toString())
            .toList());
  }

  /// A moment to the second, as people read it.
  static String moment(JsonNode node, String name) {
    return text(node, name).replaceFirst("\\.[0-9]+Z$", "Z").replace('T', ' ');
  }
}
