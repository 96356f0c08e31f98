// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil device history`: what sources said of one device in the course of time.
@Command(
    name = "history",
    description = "what sources said of one device, newest first: each signal when it changed",
    footer = {"", "Example:", "  vigil device history dev_aaaaaaaaaaaaaaaaaaaaaaaaaa"})
final class DeviceHistoryCommand extends AdminCommand {

  @Parameters(paramLabel = "DEVICE", description = "the device's id")
  String device = "";

  @Option(names = "--limit", paramLabel = "N", description = "at most so many, 50 unless told")
  String limit = "";

  DeviceHistoryCommand(Context context) {
    super(context);
  }

  @Override
  void run(Api api) {
    var said =
        api.get(
                "the device's history cannot be shown",
                Api.path("devices", device, "signals"),
                Map.of("limit", limit))
            .path("items");
    var table = new Table("SINCE", "SIGNAL", "VALUE", "SOURCE", "TIER");
    for (var one : said)
      table.row(
          moment(one, "observed"),
          text(one, "name"),
          text(one, "value"),
          text(one, "source"),
          text(one, "tier"));
    table(said, table);
  }
}
