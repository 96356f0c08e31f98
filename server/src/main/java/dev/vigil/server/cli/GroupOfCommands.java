// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that only holds others.
public abstract class GroupOfCommands implements Runnable {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Spec CommandSpec spec = CommandSpec.create();

  /// The commands below this one.
  protected abstract List<Object> commands();

  @Override
  public final void run() {
    throw new ParameterException(
        spec.commandLine(),
        "`"
            + spec.qualifiedName()
            + "` needs one of its commands: "
            + String.join(", ", spec.subcommands().keySet()));
  }
}
