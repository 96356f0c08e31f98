// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// A leaf of the command tree that changes something, and says why.
abstract class ChangeCommand extends AdminCommand {

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "why; it stands in the record of events (asked for on a terminal)")
  String reason = "";

  ChangeCommand(Context context) {
    super(context);
  }

  /// An object that carries the reason.
  final ObjectNode because() {
    if (reason.isBlank())
      reason = context.terminal().ask("why? (stands in the record of events)").orElse("");
    if (reason.isBlank()) throw Failure.usage("a change needs a reason", "add `--reason \"...\"`");
    return Api.object().put("reason", reason);
  }
}
