// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.Exit;
import dev.vigil.server.cli.Failure;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A leaf of the command tree that works on the files of this machine, without asking a server.
abstract class LocalCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  final Context context;
  private final String otherwise;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(names = "--json", description = "print JSON, for programs")
  boolean json;

  /// @param otherwise what did not happen if it is refused, such as `no backup was made`
  LocalCommand(Context context, String otherwise) {
    this.context = context;
    this.otherwise = otherwise;
  }

  /// Does it; what is refused is thrown as a [Failure] or [StartRefused].
  abstract void run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    try {
      run();
      return Exit.DONE.code();
    } catch (Failure failure) {
      return shown(failure);
    } catch (StartRefused refused) {
      return shown(refused(String.valueOf(refused.getMessage()), refused.next()));
    }
  }

  private int shown(Failure failure) {
    failure.show(context.terminal(), json);
    return failure.exit().code();
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
