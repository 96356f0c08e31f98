// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.server.cli.CommandTree;
import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.Subcommand;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line `vigil`: one server, and everything an administrator does with it.
@Command(
    name = "vigil",
    description = "zero-trust access for mobile apps, in place of the VPN",
    version = Vigil.VERSION,
    footer = {
      "",
      "Exit codes: 0 done, 1 refused or failed, 2 mistyped, 3 not signed in, 4 server unreachable,",
      "5 looked only, and something would change",
      "",
      "Example:",
      "  vigil login --issuer https://vigil.example"
    })
public final class Vigil implements Runnable {

  static final String VERSION = "vigil 0.1.0";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "show the version")
  boolean version;

  @Spec CommandSpec spec = CommandSpec.create();

  /// Runs what was typed and ends the process with its exit code.
  public static void main(String... arguments) {
    System.exit(tree(Context.ofProcess()).run(arguments));
  }

  /// The whole tree of commands.
  public static CommandTree tree(Context context) {
    var commands = new ArrayList<Object>(local(context));
    commands.addAll(CommandTree.administration(context));
    commands.replaceAll(
        one -> one instanceof dev.vigil.server.cli.KeysCommand ? new KeysCommand(context) : one);
    for (var further : ServiceLoader.load(Subcommand.class)) commands.add(further.command());
    return new CommandTree(context, new Vigil(), commands);
  }

  /// The commands that work on this machine itself. A new one is added here.
  private static List<Object> local(Context context) {
    return List.of(
        new ServerCommand(context),
        new BackupCommand(context),
        new RestoreCommand(context),
        new RecordsCommand(context),
        new AdminCommand(context));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "`vigil` needs a command: " + String.join(", ", spec.subcommands().keySet()));
  }
}
