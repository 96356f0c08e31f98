// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A plan, a proposal and what came of them, as people read them.
final class PlanText {

  private PlanText() {}

  static List<String> plan(JsonNode plan) {
    var lines = new ArrayList<String>();
    differences(plan, lines);
    plan.path("warnings").forEach(one -> lines.add("  look at  " + one.asString()));
    plan.path("checks").forEach(check -> check(check, lines));
    if (plan.has("lockout")) lines.add("  LOCK-OUT  " + text(plan.path("lockout"), "says"));
    lines.add(sentence(plan));
    return lines;
  }

  static void differences(JsonNode answer, List<String> lines) {
    answer
        .path("differences")
        .forEach(one -> lines.add("  " + text(one, "kind") + "  " + text(one, "file")));
    answer
        .path("apps")
        .forEach(one -> lines.add("    " + text(one, "kind") + "  app " + text(one, "app")));
    answer
        .path("rules")
        .forEach(one ->
            lines.add(
                "    " + text(one, "kind") + "  " + text(one, "type") + " " + text(one, "rule")));
  }

  private static void check(JsonNode check, List<String> lines) {
    String why = text(check, "why");
    lines.add(
        "  "
            + text(check, "result")
            + "  "
            + text(check, "kind")
            + " "
            + text(check, "name")
            + (why.isEmpty() ? "" : " (" + why + ")"));
    check.path("problems").forEach(one -> lines.add("      " + one.asString()));
  }

  private static String sentence(JsonNode plan) {
    String based = "version " + text(plan, "based_on");
    if (!plan.path("changes").asBoolean(false))
      return "Nothing would change: " + based + " is the same.";
    if (!plan.path("checks_passed").asBoolean(false))
      return "This would be refused: a check fails.";
    if (plan.has("lockout"))
      return "This would be refused, unless `--allow-lockout` says that it is meant.";
    return plan.path("approval_needed").asBoolean(false)
        ? "This would change " + based + ", once a second person approves it."
        : "This would change " + based + ".";
  }

  static List<String> proposal(JsonNode found) {
    var lines = new ArrayList<String>();
    lines.add("change    " + text(found, "id"));
    lines.add("by        " + text(found, "author") + ", " + moment(found, "proposed_at"));
    lines.add("because   " + text(found, "reason"));
    lines.add("expires   " + moment(found, "expires_at"));
    lines.add("digest    " + text(found, "digest"));
    found
        .path("details")
        .properties()
        .forEach(one -> lines.add("          " + one.getKey() + " " + one.getValue().asString()));
    found.path("problems").forEach(one -> lines.add("  " + one.asString()));
    if (found.has("plan")) lines.addAll(plan(found.path("plan")));
    return lines;
  }

  /// What came of wanting to publish.
  static List<String> applied(JsonNode answer, String published) {
    var lines = new ArrayList<String>();
    differences(answer, lines);
    answer.path("warnings").forEach(one -> lines.add("  look at  " + one.asString()));
    if (answer.has("pending")) {
      String id = text(answer.path("pending"), "id");
      lines.add("Nothing has changed yet: change " + id + " waits for a second person.");
      lines.add("  next  have somebody else look: `vigil plan --pending " + id + "`");
    } else {
      lines.add(published.replace("{version}", text(answer, "version")));
    }
    return lines;
  }
}
