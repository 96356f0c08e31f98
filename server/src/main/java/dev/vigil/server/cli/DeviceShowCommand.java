// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;

import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `vigil device show`: what is known of one device now.
@Command(
    name = "show",
    description =
        "one device: signals with source, evidence tier, age and expiry; contradictions;"
            + " certificates",
    footer = {"", "Example:", "  vigil device show dev_aaaaaaaaaaaaaaaaaaaaaaaaaa"})
final class DeviceShowCommand extends AdminCommand {

  @Parameters(paramLabel = "DEVICE", description = "the device's id")
  String device = "";

  DeviceShowCommand(Context context) {
    super(context);
  }

  @Override
  void run(Api api) {
    var found = api.get("the device cannot be shown", Api.path("devices", device), Map.of());
    show(found, terminal -> print(terminal, found));
  }

  private static void print(Terminal terminal, JsonNode found) {
    var device = found.path("device");
    terminal.line(text(device, "name") + " (" + text(device, "id") + ")");
    terminal.line("  kind      " + text(device, "kind"));
    terminal.line("  owner     " + text(found.path("owner"), "user_name"));
    terminal.line("  enrolled  " + moment(device, "enrolled_at"));
    terminal.line("  state     " + state(device));
    if (found.path("test_root").asBoolean(false))
      terminal.line(
          "  attested  test root: the device's evidence is for development only, no vendor's");
    found.path("contradictions").forEach(one -> terminal.line("  conflict  " + conflict(one)));
    signals(found).lines().forEach(line -> terminal.line("  " + line));
    certificates(found).lines().forEach(line -> terminal.line("  " + line));
  }

  private static String state(JsonNode device) {
    if (!device.has("revoked")) return DeviceCommand.state(device);
    var revoked = device.path("revoked");
    return "revoked, " + moment(revoked, "at") + ", " + text(revoked, "cause");
  }

  private static String conflict(JsonNode one) {
    return said(one.path("against")) + ", but " + said(one.path("believed")) + ", which counts";
  }

  private static String said(JsonNode signal) {
    return text(signal, "source")
        + " ("
        + text(signal, "tier")
        + ") says "
        + text(signal, "name")
        + "="
        + text(signal, "value");
  }

  private static Table signals(JsonNode found) {
    var signals = new Table("SIGNAL", "VALUE", "SOURCE", "TIER", "AGE", "COUNTS UNTIL", "CURRENT");
    for (var one : found.path("signals"))
      signals.row(
          text(one, "name"),
          text(one, "value"),
          text(one, "source"),
          text(one, "tier"),
          age(one),
          moment(one, "expires"),
          UserCommand.yes(one, "current"));
    return signals;
  }

  private static Table certificates(JsonNode found) {
    var certificates = new Table("CERTIFICATE", "FROM", "UNTIL");
    for (var one : found.path("certificates"))
      certificates.row(text(one, "serial"), moment(one, "not_before"), moment(one, "not_after"));
    return certificates;
  }

  private static String age(JsonNode signal) {
    var age = Duration.ofSeconds(signal.path("age_seconds").asLong(0));
    if (age.toDays() > 0) return age.toDays() + "d" + age.toHoursPart() + "h";
    if (age.toHours() > 0) return age.toHours() + "h" + age.toMinutesPart() + "m";
    return age.toMinutes() > 0
        ? age.toMinutes() + "m" + age.toSecondsPart() + "s"
        : age.toSeconds() + "s";
  }
}
