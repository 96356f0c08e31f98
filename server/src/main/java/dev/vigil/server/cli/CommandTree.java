// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// Puts a root and its subcommands together and runs what was typed.
public final class CommandTree {

  private final CommandLine root;
  private final Context context;

  /// @param root an object that picocli understands as a command
  /// @param commands its subcommands, likewise
  public CommandTree(Context context, Object root, List<Object> commands) {
    this.context = context;
    this.root = new CommandLine(root);
    commands.forEach(command -> this.root.addSubcommand(grown(command)));
    this.root.setOut(context.terminal().output()).setErr(context.terminal().errors());
    this.root
        .registerConverter(int.class, text -> whole(text, Integer::valueOf))
        .registerConverter(long.class, text -> whole(text, Long::valueOf));
    this.root.setUsageHelpWidth(110).setUsageHelpAutoWidth(false);
    this.root
        .setParameterExceptionHandler(this::mistyped)
        .setExecutionExceptionHandler(this::broken);
  }

  /// The commands that ask a server, and those that sign in and out.
  public static List<Object> administration(Context context) {
    return List.of(
        new LoginCommand(context),
        new LogoutCommand(context),
        new UserCommand(context),
        new GroupCommand(context),
        new DeviceCommand(context),
        new FeedCommand(context),
        new AppCommand(context),
        new ClientCommand(context),
        new SessionCommand(context),
        new PolicyCommand(context),
        new PlanCommand(context),
        new ApplyCommand(context),
        new RollbackCommand(context),
        new EventsCommand(context),
        new PartnerCommand(context),
        new ProvisioningCommand(context),
        new SamlCommand(context),
        new KeysCommand(context));
  }

  private static CommandLine grown(Object command) {
    var line = command instanceof CommandLine made ? made : new CommandLine(command);
    if (command instanceof GroupOfCommands group)
      group.commands().forEach(below -> line.addSubcommand(grown(below)));
    return line;
  }

  /// Runs what was typed; the answer is the exit code.
  public int run(String... arguments) {
    return root.execute(arguments);
  }

  private static <N> N whole(String text, Function<String, N> read) {
    try {
      return read.apply(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("`" + text + "` is not a whole number that fits");
    }
  }

  /// The whole tree, for whoever describes it.
  public CommandLine line() {
    return root;
  }

  private int mistyped(ParameterException mistake, String[] arguments) {
    var terminal = context.terminal();
    terminal.error("vigil: " + String.valueOf(mistake.getMessage()).strip());
    var suggestions =
        mistake instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.<String>of();
    if (!suggestions.isEmpty())
      terminal.error(
          "  did you mean "
              + String.join(" or ", suggestions.stream().map(word -> "`" + word + "`").toList())
              + "?");
    terminal.error(
        "  next  see `" + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help`");
    return Exit.USAGE.code();
  }

  private int broken(Exception cause, CommandLine line, ParseResult parsed) {
    if (cause instanceof Failure failure) {
      failure.show(context.terminal(), false);
      return failure.exit().code();
    }
    var terminal = context.terminal();
    terminal.error("vigil: something went wrong here: " + cause);
    terminal.error("  next  try again; if it stays, report this line with what you typed");
    return Exit.REFUSED.code();
  }
}
