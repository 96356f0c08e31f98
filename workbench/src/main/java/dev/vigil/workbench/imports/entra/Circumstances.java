// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.workbench.imports.Bool;
import dev.vigil.workbench.imports.Cel;
import dev.vigil.workbench.imports.Draft;
import dev.vigil.workbench.imports.Part;
import java.util.List;
import java.util.Map;

/// Carries over the conditions of a policy that are about neither people nor apps nor locations.
final class Circumstances {

  private static final List<String> LEGACY =
      List.of("exchangeActiveSync", "easSupported", "easUnsupported", "other");
  private static final List<String> CLIENTS =
      List.of(
          "all",
          "browser",
          "mobileAppsAndDesktopClients",
          "exchangeActiveSync",
          "easSupported",
          "easUnsupported",
          "other");
  private static final Map<String, List<String>> PLATFORMS =
      Map.of(
          "android", List.of("android"),
          "iOS", List.of("ios", "ipados"),
          "windows", List.of("windows"),
          "windowsPhone", List.of(),
          "macOS", List.of("macos"),
          "linux", List.of("linux"));
  private static final Bool BROWSER = new Bool.Is("connection.binding == \"cookie\"");
  private static final List<String> RISKS = List.of("none", "low", "medium", "high");

  private Circumstances() {}

  /// Narrows the rule to them.
  static void narrow(Part conditions, Making making) {
    var draft = making.draft();
    clients(conditions.at("clientAppTypes"), draft);
    platforms(conditions.at("platforms"), draft);
    risk(conditions.at("signInRiskLevels"), "risk.session", draft);
    risk(conditions.at("userRiskLevels"), "risk.subject", draft);
    risk(conditions.at("servicePrincipalRiskLevels"), "risk.subject", draft);
    risk(conditions.at("agentIdRiskLevels"), "risk.subject", draft);
    var insider = conditions.at("insiderRiskLevels");
    if (!insider.words(List.of("minor", "moderate", "elevated")).isEmpty())
      draft.widened(
          insider.path(),
          "Vigil knows no insider risk",
          "put those people in a group, and narrow the rule to that");
    flows(conditions.at("authenticationFlows"), draft);
    states(conditions.at("deviceStates"), "includeStates", "excludeStates", draft);
    devices(conditions.at("devices"), draft);
  }

  private static void clients(Part types, Draft draft) {
    var words = types.words(CLIENTS);
    if (words.isEmpty() || words.contains("all")) return;
    boolean browser = words.contains("browser");
    boolean apps = words.contains("mobileAppsAndDesktopClients");
    if (!browser && !apps && words.stream().allMatch(LEGACY::contains))
      draft.needless(
          types.path(),
          "it is about legacy authentication, which Vigil does not have: every client signs in with"
              + " a passkey or a certificate");
    if (browser && !apps) draft.narrow(BROWSER);
    if (apps && !browser) draft.narrow(Bool.not(BROWSER));
  }

  private static void platforms(Part platforms, Draft draft) {
    var known = new java.util.ArrayList<>(PLATFORMS.keySet().stream().sorted().toList());
    known.add("all");
    var included = platforms.at("includePlatforms").words(known);
    var excluded = platforms.at("excludePlatforms").words(known);
    platforms.nothingElse();
    if (!included.isEmpty() && !included.contains("all")) {
      var here = here(included);
      if (here.isEmpty())
        draft.needless(platforms.path(), "it is about platforms that Vigil never admits");
      draft.narrow(Cel.oneOf("device.platform", here));
    }
    if (excluded.contains("all")) draft.needless(platforms.path(), "it exempts every platform");
    draft.narrow(Bool.not(Cel.oneOf("device.platform", here(excluded))));
  }

  private static List<String> here(List<String> platforms) {
    return platforms.stream()
        .flatMap(platform -> PLATFORMS.getOrDefault(platform, List.of()).stream())
        .toList();
  }

  private static void risk(Part levels, String fact, Draft draft) {
    var words = levels.words(RISKS);
    if (!words.isEmpty()) draft.narrow(Cel.oneOf(fact, words));
  }

  private static void flows(Part flows, Draft draft) {
    var methods =
        flows
            .at("transferMethods")
            .words(List.of("none", "deviceCodeFlow", "authenticationTransfer"));
    flows.nothingElse();
    if (methods.isEmpty() || methods.contains("none")) return;
    draft.needless(
        flows.path(),
        "it is about signing in for another device, by a code or by transfer, which Vigil does not"
            + " do");
  }

  private static void devices(Part devices, Draft draft) {
    states(devices, "includeDevices", "excludeDevices", draft);
    states(devices, "includeDeviceStates", "excludeDeviceStates", draft);
    DeviceFilter.narrow(devices.at("deviceFilter"), draft);
    devices.nothingElse();
  }

  /// The form that came before device filters.
  private static void states(Part states, String include, String exclude, Draft draft) {
    if (!states.at(include).words(List.of("All")).isEmpty() && states.at(exclude).isEmpty()) return;
    for (var state : states.at(exclude).words(List.of("Compliant", "DomainJoined"))) {
      if (state.equals("Compliant")) draft.narrow(Bool.not(new Bool.Is("device.compliant")));
      else
        draft.unexempted(
            states.path(),
            "Vigil does not know whether a device is joined to a domain",
            "exempt devices by another fact, such as `device.managed`");
    }
    if (exclude.equals("excludeStates")) states.nothingElse();
  }
}
