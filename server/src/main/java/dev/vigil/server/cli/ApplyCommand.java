// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `vigil apply`: publishes policies, or approves or withdraws what was proposed.
@Command(
    name = "apply",
    description = "publish the policies of a folder; nothing changes if they have a problem",
    footer = {
      "",
      "Example:",
      "  vigil apply -f policies/ --reason \"payments need a hardware passkey\""
    })
final class ApplyCommand extends ChangeCommand {

  @Option(
      names = {"-f", "--folder"},
      paramLabel = "DIR",
      description = "the folder with policies, cases and properties")
  Optional<Path> folder = Optional.empty();

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "the same")
  Optional<Path> positional = Optional.empty();

  @Option(
      names = "--approve",
      paramLabel = "ID",
      description = "publish what somebody else proposed, exactly as it was proposed")
  Optional<String> approve = Optional.empty();

  @Option(names = "--withdraw", paramLabel = "ID", description = "take a proposal back")
  Optional<String> withdraw = Optional.empty();

  @Option(
      names = "--based-on",
      paramLabel = "N",
      description = "refuse if another version than this one is in force by now")
  Optional<Long> basedOn = Optional.empty();

  @Option(
      names = "--digest",
      paramLabel = "DIGEST",
      description =
          "with --approve: the digest you have looked at (shown by `vigil plan --pending ID`)")
  String digest = "";

  @Option(
      names = "--allow-lockout",
      description = "publish although it locks out every administrator or everybody; recorded")
  boolean allowLockout;

  ApplyCommand(Context context) {
    super(context);
  }

  @Override
  void run(Api api) {
    long wishes =
        Stream.of(folder, positional, approve, withdraw).filter(Optional::isPresent).count();
    if (wishes != 1)
      throw Failure.usage(
          "there is one thing to do", "give `-f DIR`, `--approve ID` or `--withdraw ID`");
    folder.or(() -> positional).ifPresent(from -> publish(api, from));
    approve.ifPresent(id -> approve(api, id));
    withdraw.ifPresent(id -> withdraw(api, id));
  }

  private void publish(Api api, Path from) {
    var content = because();
    var files = content.putObject("files");
    PolicyFolder.read(from).forEach(files::put);
    basedOn.ifPresent(version -> content.put("based_on", version));
    if (allowLockout) content.put("allow_lockout", true);
    print(api.post("the policies were not applied", "/policies/apply", content));
  }

  private void approve(Api api, String id) {
    var content = because();
    var path = Api.path("policies", "pending", id);
    String seen =
        digest.isEmpty()
            ? text(api.get("the change was not approved", path, Map.of()), "digest")
            : digest;
    print(api.post("the change was not approved", path + "/approve", content.put("digest", seen)));
  }

  private void withdraw(Api api, String id) {
    var path = Api.path("policies", "pending", id) + "/withdraw";
    show(
        api.post("the change was not withdrawn", path, because()),
        "Change " + id + " is withdrawn.");
  }

  private void print(JsonNode answer) {
    show(
        answer,
        terminal ->
            PlanText.applied(answer, "Version {version} is in force.").forEach(terminal::line));
  }
}
