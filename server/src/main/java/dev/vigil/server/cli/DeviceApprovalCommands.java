// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The commands of `vigil device` about enrolments that wait for approval.
final class DeviceApprovalCommands {

  private DeviceApprovalCommands() {}

  static List<Object> all(Context context) {
    return List.of(new Pending(context), new Approve(context), new Refuse(context));
  }

  @Command(
      name = "pending",
      description = "enrolments that wait for approval, and those that are approved but not done",
      footer = {"", "Example:", "  vigil device pending"})
  static final class Pending extends AdminCommand {
    Pending(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var all = api.all("the enrolments cannot be listed", "/device-enrolments", Map.of());
      var table =
          new Table(
              "ENROLMENT", "OWNER", "NAME", "PLATFORM", "ATTESTATION", "ROOT", "UNTIL", "STATE");
      all.forEach(one ->
          table.row(
              text(one, "id"),
              text(one, "subject"),
              text(one, "name"),
              text(one, "platform"),
              text(one, "attestation"),
              text(one, "attestation_root"),
              moment(one, "expires_at"),
              one.has("approved_at") ? "approved" : "waits"));
      table(all, table);
    }
  }

  @Command(
      name = "approve",
      description = "let a phone that waits be enrolled; its owner cannot be the one who approves",
      footer = {
        "",
        "Example:",
        "  vigil device approve chg_aaaaaaaaaaaaaaaaaaaaaaaaaa --reason \"asked Alice by phone\""
      })
  static final class Approve extends ChangeCommand {
    @Parameters(paramLabel = "ENROLMENT", description = "its id, as `vigil device pending` shows")
    String enrolment = "";

    Approve(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      show(
          api.post(
              "the enrolment was not approved",
              Api.path("device-enrolments", enrolment, "approve"),
              because()),
          "`" + enrolment + "` is approved; the phone is enrolled when it asks again.");
    }
  }

  @Command(
      name = "refuse",
      description = "do not let a phone that waits be enrolled",
      footer = {
        "",
        "Example:",
        "  vigil device refuse chg_aaaaaaaaaaaaaaaaaaaaaaaaaa --reason \"not her phone\""
      })
  static final class Refuse extends ChangeCommand {
    @Parameters(paramLabel = "ENROLMENT", description = "its id, as `vigil device pending` shows")
    String enrolment = "";

    Refuse(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      show(
          api.post(
              "the enrolment was not refused",
              Api.path("device-enrolments", enrolment, "refuse"),
              because()),
          "`" + enrolment + "` is refused.");
    }
  }
}
