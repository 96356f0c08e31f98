// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/// A command that does something: it shows its help, answers people or programs, and ends with a
/// status that says how it went.
public abstract class Leaf implements Callable<Integer> {

  protected final Context context;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(names = "--json", description = "print JSON, for programs")
  protected boolean json;

  protected Leaf(Context context) {
    this.context = context;
  }

  /// Does it; what is refused is thrown as a [Failure].
  protected abstract Exit perform() throws IOException;

  @Override
  public final Integer call() throws IOException {
    try {
      return perform().code();
    } catch (Failure failure) {
      failure.show(context.terminal(), json);
      return failure.exit().code();
    }
  }
}
