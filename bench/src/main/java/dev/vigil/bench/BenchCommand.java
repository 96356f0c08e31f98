// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import dev.vigil.bench.device.DevicesCommand;
import dev.vigil.bench.policy.PolicyCommand;
import dev.vigil.bench.signin.SignInCommand;
import dev.vigil.server.SystemTime;
import dev.vigil.server.cli.Subcommand;
import dev.vigil.server.cli.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `vigil bench`: measures this machine's Vigil, on loopback addresses and in folders that go away.
@Command(
    name = "bench",
    description = "measure: streams, requests, decisions, devices, sign-ins, starts",
    footer = {"", "Example:", "  vigil bench cut --json"})
public final class BenchCommand implements Runnable, Subcommand {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Object command() {
    var report = new Report(Terminal.ofProcess());
    var time = new SystemTime();
    return new CommandLine(this)
        .addSubcommand(new CutCommand(report, time))
        .addSubcommand(new DevicesCommand(report))
        .addSubcommand(new GatewayCommand(report, time))
        .addSubcommand(new PolicyCommand(report))
        .addSubcommand(new SignInCommand(report, time))
        .addSubcommand(new StartCommand(report, time));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "`vigil bench` needs one of: cut, devices, gateway, policy, signin, start");
  }
}
