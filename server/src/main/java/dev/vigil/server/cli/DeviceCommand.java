// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `vigil device`: what is enrolled, and what is known of it.
@Command(
    name = "device",
    description =
        "devices: list, show what is known of one and was before, approve, revoke, prepare",
    footer = {"", "Example:", "  vigil device list"})
final class DeviceCommand extends GroupOfCommands {

  private final Context context;

  DeviceCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    var all = new ArrayList<Object>();
    all.addAll(
        List.of(
            new All(context),
            new DeviceShowCommand(context),
            new DeviceHistoryCommand(context),
            new Revoke(context)));
    all.addAll(DeviceProfileCommands.all(context));
    all.addAll(DeviceApprovalCommands.all(context));
    return List.copyOf(all);
  }

  static Table table(JsonNode devices) {
    var table = new Table("DEVICE", "KIND", "NAME", "OWNER", "ENROLLED", "STATE");
    devices.forEach(one ->
        table.row(
            text(one, "id"),
            text(one, "kind"),
            text(one, "name"),
            text(one, "subject"),
            moment(one, "enrolled_at"),
            state(one)));
    return table;
  }

  static String state(JsonNode device) {
    return device.has("revoked") ? "revoked" : "active";
  }

  @Command(
      name = "list",
      description = "every device, or those of one person",
      footer = {"", "Example:", "  vigil device list --user alice@bank.example"})
  static final class All extends AdminCommand {
    @Option(names = "--user", paramLabel = "USER", description = "only this person's")
    String user = "";

    All(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var devices = api.all("the devices cannot be listed", "/devices", Map.of("subject", user));
      table(devices, DeviceCommand.table(devices));
    }
  }

  @Command(
      name = "revoke",
      description = "cut a device off for good, with its sessions and streams",
      footer = {
        "",
        "Example:",
        "  vigil device revoke dev_aaaaaaaaaaaaaaaaaaaaaaaaaa --reason \"reported stolen\""
      })
  static final class Revoke extends ChangeCommand {
    @Parameters(paramLabel = "DEVICE", description = "the device's id")
    String device = "";

    Revoke(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      show(
          api.post("the device was not revoked", Api.path("devices", device, "revoke"), because()),
          "`" + device + "` is revoked.");
    }
  }
}
