// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `vigil plan`: what publishing policies would mean.
@Command(
    name = "plan",
    description = "what publishing the policies of a folder would change; changes nothing",
    footer = {
      "",
      "Exit codes: 0 nothing would change, 5 something would, 1 it would be refused; 2 mistyped,",
      "3 not signed in, 4 server unreachable",
      "",
      "Example:",
      "  vigil plan -f policies/"
    })
final class PlanCommand extends AdminCommand {

  @Option(
      names = {"-f", "--folder"},
      paramLabel = "DIR",
      description = "the folder with policies, cases and properties")
  Optional<Path> folder = Optional.empty();

  @Option(
      names = "--pending",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "ID",
      description = "what waits for approval: all of it, or one change with what it means")
  Optional<String> pending = Optional.empty();

  PlanCommand(Context context) {
    super(context);
  }

  @Override
  Exit ask(Api api) {
    if (folder.isPresent() == pending.isPresent())
      throw Failure.usage("there is one thing to look at", "give `-f DIR` or `--pending`");
    if (folder.isPresent()) return plan(api, folder.get());
    String id = pending.orElse("");
    return id.isEmpty() ? waiting(api) : one(api, id);
  }

  private Exit plan(Api api, Path folder) {
    var content = Api.object();
    var files = content.putObject("files");
    PolicyFolder.read(folder).forEach(files::put);
    var plan = api.post("the policies would not be applied", "/policies/plan", content);
    show(plan, terminal -> PlanText.plan(plan).forEach(terminal::line));
    return exit(plan);
  }

  /// A change that would be refused is a failure, however small it is.
  private static Exit exit(JsonNode plan) {
    if (!plan.path("checks_passed").asBoolean(false) || plan.has("lockout")) return Exit.REFUSED;
    return plan.path("changes").asBoolean(false) ? Exit.CHANGES : Exit.DONE;
  }

  private Exit waiting(Api api) {
    var found = api.get("the changes cannot be shown", "/policies/pending", Map.of());
    var table = new Table("CHANGE", "PROPOSED", "EXPIRES", "BY", "BASED ON", "REASON");
    found
        .path("items")
        .forEach(one ->
            table.row(
                text(one, "id"),
                moment(one, "proposed_at"),
                moment(one, "expires_at"),
                text(one, "author"),
                text(one, "based_on"),
                text(one, "reason")));
    table(found, table);
    return found.path("items").isEmpty() ? Exit.DONE : Exit.CHANGES;
  }

  private Exit one(Api api, String id) {
    var found =
        api.get("the change cannot be shown", Api.path("policies", "pending", id), Map.of());
    show(found, terminal -> PlanText.proposal(found).forEach(terminal::line));
    return found.has("plan") ? exit(found.path("plan")) : Exit.REFUSED;
  }
}
