// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.ArgGroup;
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
      "Examples:",
      "  vigil apply -f policies/ --reason \"payments need a hardware passkey\"",
      "  vigil apply --approve chg_... --reason \"looked at it with Alice\""
    })
final class ApplyCommand extends ChangeCommand {

  @ArgGroup(multiplicity = "1")
  Of of = new Of();

  /// What to publish.
  static final class Of {
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
  }

  @Option(
      names = "--based-on",
      paramLabel = "N",
      description = "refuse if another version than this one is in force by now")
  OptionalLong basedOn = OptionalLong.empty();

  @Option(
      names = "--digest",
      paramLabel = "DIGEST",
      description = "with --approve: the digest you have looked at (shown by `vigil plan --pending ID`)")
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
    if (of.approve.isPresent()) approve(api, of.approve.get());
    else if (of.withdraw.isPresent()) withdraw(api, of.withdraw.get());
    else publish(api, of.folder.or(() -> of.positional).orElse(Path.of("")));
  }

  private void publish(Api api, Path folder) {
    var content = because();
    var files = content.putObject("files");
    PolicyFolder.read(folder).forEach(files::put);
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
    print(
        api.post("the change was not approved", path + "/approve", content.put("digest", seen)));
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
