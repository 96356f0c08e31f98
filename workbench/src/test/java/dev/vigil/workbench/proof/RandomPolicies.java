// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Policies as their authors might write them, from a seed: every kind of rule, condition,
/// requirement and restriction, from a small vocabulary, so that things meet.
final class RandomPolicies {

  private static final String NAMES =
      """
      location:
        office: [127.0.66.0/24, "2001:db8::/32"]
      window:
        office: {days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00", zone: Europe/Zurich}
      strength:
        any: {any_of: [certificate, passkey, passkey-hardware]}
        passkey: {any_of: [passkey, passkey-hardware], user_verified: true}
      level:
        corporate: device.managed && device.compliant
        either: level("corporate") || in_location("office")
      """;
  private static final List<String> PLAIN =
      """
      device.rooted
      device.managed
      subject.population == "employee"
      subject.population != "customer"
      subject.population in ["employee", "partner"]
      "red" in subject.groups
      subject.groups.exists(g, g == "blue" || g == request.method)
      subject.groups.all(g, g in ["red", "blue"])
      request.method in ["GET", "HEAD"]
      request.path.startsWith("/admin")
      request.path == "/admin/x"
      request.body_bytes <= 10
      device.os_version >= version("17.1")
      device.patch_date < date("2026-06-01")
      in_location("office")
      level("corporate")
      level("either")
      strength("passkey")
      device.rooted == device.managed
      size(subject.groups) > 1
      app.id == "a"
      during("office")
      time < timestamp("2026-12-01T00:00:00Z")
      since(device.patch_date) < duration("30d")
      risk.session_score < 0.5
      app.sensitivity == "critical"
      """
          .lines()
          .toList();
  private static final List<String> EVIDENCE =
      List.of(
          "known(device.rooted)",
          "attested(device.managed)",
          "tier(device.rooted) >= \"managed\"",
          "age(device.rooted) < duration(\"1h\")");

  private final Random random;

  RandomPolicies(Random random) {
    this.random = random;
  }

  /// One rule as text, with its kind.
  record Written(String kind, String text) {}

  List<Written> next() {
    var rules = new ArrayList<Written>();
    int permits = 1 + random.nextInt(4);
    for (int i = 0; i < permits; i++) rules.add(rule("permit", "permit-" + i));
    for (int i = 0; i < random.nextInt(5); i++) rules.add(rule("guard", "guard-" + i));
    for (int i = 0; i < random.nextInt(3); i++) rules.add(rule("forbid", "forbid-" + i));
    return rules;
  }

  static String text(List<Written> rules) {
    var text = new StringBuilder(NAMES);
    for (var kind : List.of("permit", "guard", "forbid")) {
      if (rules.stream().anyMatch(rule -> rule.kind.equals(kind))) text.append(kind).append(":\n");
      rules.stream().filter(rule -> rule.kind.equals(kind)).forEach(rule -> text.append(rule.text));
    }
    return text.toString();
  }

  private Written rule(String kind, String name) {
    boolean permit = kind.equals("permit");
    var text = new StringBuilder("  " + name + ":\n");
    text.append("    app: ")
        .append(
            of(
                List.of(
                    "any", "a", "[a, b]", "{tag: [red, blue]}", "{id: b, sensitivity: critical}")))
        .append("\n");
    text.append(permit ? "    who: |\n      " : "    when: |\n      ")
        .append(condition(2, permit))
        .append("\n");
    if (random.nextInt(8) == 0) text.append("    mode: report\n");
    if (random.nextInt(8) == 0) text.append("    rollout: 50%\n");
    if (!permit && random.nextInt(4) == 0) text.append("    when_unknown: skip\n");
    if (kind.equals("forbid")) return new Written(kind, text.toString());
    boolean restrict = random.nextBoolean();
    if (restrict) text.append(restrictions());
    requirements(!permit && !restrict, text);
    return new Written(kind, text.toString());
  }

  private void requirements(boolean certainly, StringBuilder text) {
    int count = random.nextInt(3);
    if (count == 0 && !certainly) return;
    text.append("    require:\n");
    for (int i = 0; i < Math.max(1, count); i++)
      text.append(
          switch (random.nextInt(4)) {
            case 0 -> "      - {strength: passkey, max_age: 8h, text: sign in}\n";
            case 1 -> "      - {transaction: approved, text: approve}\n";
            case 2 -> "      - {level: corporate, name: corporate-" + i + "}\n";
            default -> "      - if: |\n          " + condition(1, true) + "\n";
          });
  }

  private String restrictions() {
    var parts = new ArrayList<String>();
    if (random.nextInt(3) == 0) parts.add("read_only: true");
    if (random.nextInt(3) == 0) parts.add("no_download: true");
    if (random.nextInt(2) == 0) parts.add("maximum_age: " + of(List.of("1h", "8h")));
    if (random.nextInt(3) == 0) parts.add("recheck: " + of(List.of("1m", "5m")));
    if (random.nextInt(2) == 0 || parts.isEmpty())
      parts.add(
          "methods: " + of(List.of("[GET, POST]", "[GET, PUT]", "[GET]", "[GET, PUT, POST]")));
    return "    restrict: {" + String.join(", ", parts) + "}\n";
  }

  /// A condition whose evidence predicates help the asker only where they are true, or only where
  /// they are not.
  private String condition(int depth, boolean grants) {
    if (depth == 0) return atom(grants);
    var one = condition(depth - 1, grants);
    return switch (random.nextInt(6)) {
      case 0, 1 -> "(" + one + " && " + condition(depth - 1, grants) + ")";
      case 2 -> "(" + one + " || " + condition(depth - 1, grants) + ")";
      case 3 -> "!(" + condition(depth - 1, !grants) + ")";
      case 4 -> "(" + of(PLAIN) + " ? " + one + " : " + condition(depth - 1, grants) + ")";
      default -> one;
    };
  }

  private String atom(boolean grants) {
    if (random.nextInt(6) > 0) return of(PLAIN);
    return grants ? of(EVIDENCE) : "!(" + of(EVIDENCE) + ")";
  }

  private <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
