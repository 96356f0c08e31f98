// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import static dev.vigil.workbench.imports.SignIn.one;
import static dev.vigil.workbench.imports.SignIn.some;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/// A Conditional Access policy made at random, with what it means: each condition is made together
/// with a plain reading of what Entra documents of it, which knows nothing of how it is imported.
final class GeneratedPolicy {

  private final Random random;
  private final Map<String, Object> json = new LinkedHashMap<>();
  private final List<Predicate<SignIn>> conditions = new ArrayList<>();
  private Predicate<SignIn> satisfied = signIn -> true;
  private boolean enforced;

  private GeneratedPolicy(Random random, int number) {
    this.random = random;
    json.put("displayName", "Policy " + number);
    state();
    var parts = new LinkedHashMap<String, Object>();
    users(parts);
    apps(parts);
    locations(parts);
    platforms(parts);
    clients(parts);
    if (often(7)) risk(parts, "signInRiskLevels", true);
    if (often(8)) risk(parts, "userRiskLevels", false);
    if (often(4)) filter(parts);
    if (often(8)) {
      parts.put("insiderRiskLevels", "elevated");
      conditions.add(SignIn::insider);
    }
    json.put("conditions", parts);
    controls();
  }

  static GeneratedPolicy of(Random random, int number) {
    return new GeneratedPolicy(random, number);
  }

  Map<String, Object> json() {
    return json;
  }

  /// Whether Entra would let this sign-in pass, as far as this policy goes.
  boolean passes(SignIn signIn) {
    return !enforced
        || !conditions.stream().allMatch(condition -> condition.test(signIn))
        || satisfied.test(signIn);
  }

  private boolean often(int outOf) {
    return random.nextInt(outOf) == 0;
  }

  private void state() {
    var state =
        one(
            List.of(
                "enabled", "enabled", "enabled", "enabledForReportingButNotEnforced", "disabled"),
            random);
    json.put("state", state);
    enforced = state.equals("enabled");
  }

  private void users(Map<String, Object> parts) {
    var users = new LinkedHashMap<String, Object>();
    var included = new ArrayList<Predicate<SignIn>>();
    if (!often(3)) {
      users.put("includeUsers", List.of("All"));
      included.add(signIn -> !signIn.population().equals("workload"));
    } else if (often(3)) {
      users.put("includeUsers", List.of("GuestsOrExternalUsers"));
      included.add(signIn -> signIn.population().equals("partner"));
    }
    var groups = some(SignIn.GROUPS, random);
    users.put("includeGroups", groups);
    included.add(signIn -> meets(signIn.groups(), groups));
    var roles = some(SignIn.ROLES, random);
    users.put("includeRoles", roles);
    included.add(signIn -> meets(signIn.roles(), roles));
    conditions.add(signIn -> included.stream().anyMatch(one -> one.test(signIn)));
    var not = some(SignIn.GROUPS, random);
    users.put("excludeGroups", not);
    conditions.add(signIn -> !meets(signIn.groups(), not));
    if (often(4)) {
      users.put("excludeUsers", List.of("bert", "GuestsOrExternalUsers"));
      conditions.add(
          signIn -> !signIn.user().equals("bert") && !signIn.population().equals("partner"));
    }
    parts.put("users", users);
  }

  private static boolean meets(Collection<String> some, Collection<String> others) {
    return some.stream().anyMatch(others::contains);
  }

  private void apps(Map<String, Object> parts) {
    var apps = new LinkedHashMap<String, Object>();
    var some = some(SignIn.APPS, random);
    if (often(2) || some.isEmpty()) apps.put("includeApplications", List.of("All"));
    else {
      apps.put("includeApplications", some);
      conditions.add(signIn -> some.contains(signIn.app()));
    }
    if (often(3)) {
      apps.put("excludeApplications", List.of("app-2"));
      conditions.add(signIn -> !signIn.app().equals("app-2"));
    }
    parts.put("applications", apps);
  }

  private void locations(Map<String, Object> parts) {
    switch (random.nextInt(9)) {
      case 0 -> {
        parts.put(
            "locations",
            Map.of("includeLocations", List.of("All"), "excludeLocations", List.of("AllTrusted")));
        conditions.add(signIn -> signIn.place() != SignIn.Place.OFFICE);
      }
      case 1 -> {
        parts.put(
            "locations",
            Map.of(
                "includeLocations",
                List.of("loc-home"),
                "excludeLocations",
                List.of("loc-office")));
        conditions.add(signIn -> signIn.place() == SignIn.Place.HOME);
      }
      case 2 -> {
        parts.put(
            "locations",
            Map.of("includeLocations", List.of("All"), "excludeLocations", List.of("loc-missing")));
        conditions.add(signIn -> signIn.place() != SignIn.Place.ABROAD);
      }
      default -> {}
    }
  }

  private void platforms(Map<String, Object> parts) {
    switch (random.nextInt(8)) {
      case 0 -> {
        parts.put("platforms", Map.of("includePlatforms", List.of("iOS", "windows")));
        conditions.add(signIn -> List.of("ios", "ipados", "windows").contains(signIn.platform()));
      }
      case 1 -> {
        parts.put(
            "platforms",
            Map.of("includePlatforms", List.of("all"), "excludePlatforms", List.of("android")));
        conditions.add(signIn -> !signIn.platform().equals("android"));
      }
      default -> {}
    }
  }

  private void clients(Map<String, Object> parts) {
    switch (random.nextInt(8)) {
      case 0 -> {
        parts.put("clientAppTypes", List.of("browser", "other"));
        conditions.add(SignIn::browser);
      }
      case 1 -> {
        parts.put("clientAppTypes", List.of("exchangeActiveSync", "other"));
        conditions.add(signIn -> false);
      }
      default -> parts.put("clientAppTypes", List.of("all"));
    }
  }

  private void risk(Map<String, Object> parts, String key, boolean session) {
    var levels = some(SignIn.RISKS, random);
    parts.put(key, levels);
    if (!levels.isEmpty())
      conditions.add(signIn -> levels.contains(session ? signIn.sessionRisk() : signIn.userRisk()));
  }

  private record Rule(String text, Predicate<SignIn> meaning) {}

  private void filter(Map<String, Object> parts) {
    var rule = rule(3);
    boolean include = random.nextBoolean();
    parts.put(
        "devices",
        Map.of(
            "deviceFilter", Map.of("mode", include ? "include" : "exclude", "rule", rule.text())));
    conditions.add(signIn -> rule.meaning().test(signIn) == include);
  }

  private Rule rule(int depth) {
    if (depth == 0 || often(3)) return comparison();
    var left = rule(depth - 1);
    var right = rule(depth - 1);
    return switch (random.nextInt(3)) {
      case 0 ->
          new Rule(
              "(" + left.text() + " -and " + right.text() + ")",
              left.meaning().and(right.meaning()));
      case 1 ->
          new Rule(
              "(" + left.text() + " -or " + right.text() + ")", left.meaning().or(right.meaning()));
      default -> new Rule("-not (" + left.text() + ")", left.meaning().negate());
    };
  }

  private Rule comparison() {
    return switch (random.nextInt(6)) {
      case 0 -> new Rule("device.isCompliant -eq True", SignIn::compliant);
      case 1 -> new Rule("device.isCompliant -ne True", signIn -> !signIn.compliant());
      case 2 -> new Rule("device.deviceOwnership -eq \"Company\"", SignIn::company);
      case 3 -> new Rule("device.trustType -eq \"ServerAD\"", SignIn::joined);
      case 4 ->
          new Rule(
              "device.model -startsWith \"Pixel\"", signIn -> signIn.model().startsWith("Pixel"));
      default ->
          new Rule(
              "device.operatingSystem -in [\"Windows\", \"Android\"]",
              signIn -> List.of("windows", "android").contains(signIn.platform()));
    };
  }

  private void controls() {
    if (often(3)) {
      json.put("grantControls", Map.of("operator", "OR", "builtInControls", List.of("block")));
      satisfied = signIn -> false;
      return;
    }
    boolean all = random.nextBoolean();
    var names = new ArrayList<String>();
    var ways = new ArrayList<Predicate<SignIn>>();
    if (often(2)) {
      names.add("mfa");
      ways.add(SignIn::mfa);
    }
    if (often(2)) {
      names.add("compliantDevice");
      ways.add(SignIn::compliant);
    }
    if (often(3)) {
      names.add("domainJoinedDevice");
      ways.add(SignIn::joined);
    }
    json.put("grantControls", Map.of("operator", all ? "AND" : "OR", "builtInControls", names));
    Predicate<SignIn> granted =
        signIn ->
            ways.isEmpty()
                || (all
                    ? ways.stream().allMatch(way -> way.test(signIn))
                    : ways.stream().anyMatch(way -> way.test(signIn)));
    satisfied = granted;
    if (!often(3)) return;
    json.put(
        "sessionControls",
        Map.of("signInFrequency", Map.of("isEnabled", true, "type", "hours", "value", 12)));
    satisfied = granted.and(signIn -> signIn.age().compareTo(Duration.ofHours(12)) < 0);
  }
}
