// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.text;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `vigil group`: who belongs together in policies.
@Command(
    name = "group",
    description = "groups: list them, add and remove members",
    footer = {"", "Example:", "  vigil group list"})
final class GroupCommand extends GroupOfCommands {

  private final Context context;

  GroupCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(new All(context), new Add(context), new Remove(context));
  }

  @Command(
      name = "list",
      description = "every group with the number of its members",
      footer = {"", "Example:", "  vigil group list --json"})
  static final class All extends AdminCommand {
    All(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var groups = api.all("the groups cannot be listed", "/groups", Map.of());
      var table = new Table("GROUP", "MEMBERS");
      groups.forEach(one -> table.row(text(one, "name"), text(one, "members")));
      table(groups, table);
    }
  }

  /// What adding and removing have in common.
  abstract static class Membership extends ChangeCommand {
    @Parameters(
        index = "0",
        paramLabel = "GROUP",
        description = "the group's name; a group exists while somebody is in it")
    String group = "";

    @Parameters(index = "1", paramLabel = "USER", description = "user name or id")
    String user = "";

    Membership(Context context) {
      super(context);
    }

    final void change(Api api, String how, String sentence) {
      show(
          api.post(
              "the group was not changed",
              Api.path("groups", group, how),
              because().put("subject", user)),
          sentence);
    }
  }

  @Command(
      name = "add",
      description = "put somebody into a group",
      footer = {
        "",
        "Example:",
        "  vigil group add payments-team alice@bank.example --reason \"new colleague\""
      })
  static final class Add extends Membership {
    Add(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      change(api, "add", "`" + user + "` is in `" + group + "`.");
    }
  }

  @Command(
      name = "remove",
      description = "take somebody out of a group",
      footer = {
        "",
        "Example:",
        "  vigil group remove payments-team alice@bank.example --reason \"moved to lending\""
      })
  static final class Remove extends Membership {
    Remove(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      change(api, "remove", "`" + user + "` is not in `" + group + "` any more.");
    }
  }
}
