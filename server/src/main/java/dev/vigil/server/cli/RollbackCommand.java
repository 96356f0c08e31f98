// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil rollback`: publishes an earlier version once more.
@Command(
    name = "rollback",
    description = "publish the policies of an earlier version once more, as the next version",
    footer = {"", "Example:", "  vigil rollback 3 --reason \"version 4 locked out the branches\""})
final class RollbackCommand extends ChangeCommand {

  @Parameters(paramLabel = "N", description = "the version to go back to")
  long version;

  @Option(
      names = "--emergency",
      description =
          "at once: no checks, nobody to approve; administrators only, an event of its own")
  boolean emergency;

  @Option(
      names = "--allow-lockout",
      description = "publish although it locks out every administrator or everybody; recorded")
  boolean allowLockout;

  RollbackCommand(Context context) {
    super(context);
  }

  @Override
  void run(Api api) {
    var content = because().put("version", version);
    if (allowLockout && !emergency) content.put("allow_lockout", true);
    var path = emergency ? "/policies/rollback/emergency" : "/policies/rollback";
    var applied = api.post("the policies were not changed", path, content);
    String sentence = "Version {version} is in force, with the files of version " + version + ".";
    show(applied, terminal -> PlanText.applied(applied, sentence).forEach(terminal::line));
  }
}
