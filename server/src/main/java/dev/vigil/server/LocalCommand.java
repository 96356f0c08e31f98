// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.Exit;
import dev.vigil.server.cli.Failure;
import dev.vigil.server.cli.Leaf;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A leaf of the command tree that works on the files of this machine, without asking a server.
abstract class LocalCommand extends Leaf {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String otherwise;

  /// @param otherwise what did not happen if it is refused, such as `no backup was made`
  LocalCommand(Context context, String otherwise) {
    super(context);
    this.otherwise = otherwise;
  }

  /// Does it; what is refused is thrown as a [Failure] or [StartRefused].
  abstract void run() throws IOException;

  @Override
  protected final Exit perform() throws IOException {
    try {
      run();
      return Exit.DONE;
    } catch (StartRefused refused) {
      throw refused(String.valueOf(refused.getMessage()), refused.next());
    }
  }

  /// Ends this command.
  final Failure refused(String why, String next) {
    return new Failure(Exit.REFUSED, otherwise, why, next);
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /// Prints one line of JSON for a program, or the lines that a person should read.
  final void answer(JsonNode program, String... person) {
    if (json) context.terminal().line(program.toString());
    else for (var line : person) context.terminal().line(line);
  }
}
