// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import java.util.ArrayList;
import java.util.List;

/// Policies as an organisation would have them: some about the app that is asked for, the others
/// about other apps, other groups and other paths. Every rule has three conditions or more.
///
/// @param policies how many rules in all
/// @param applicable how many of them a request of [Phones] runs into: permits, guards and forbids,
///   each looked at to the end
record Corpus(int policies, int applicable) {

  /// The app that is asked for.
  static final String APP = "treasury";

  /// Nobody may be in these networks.
  static final List<String> EMBARGOED =
      List.of("192.0.2.0/24", "198.51.100.0/25", "2001:db8:66::/48");

  /// The organisation's own networks.
  static final List<String> OFFICES =
      List.of("10.20.0.0/16", "10.21.0.0/16", "203.0.113.0/24", "198.18.0.0/15", "2001:db8:1::/48");

  private static final int PER_FILE = 100;
  private static final int RULES_OF_AN_APP = 10;
  private static final List<String> PLACES =
      List.of("DE", "AT", "CH", "FR", "NL", "BE", "LU", "DK", "PL", "CZ");

  private static final String SHARED =
      """
      strength:
        passkey: {any_of: [passkey, passkey-hardware], user_verified: true, phishing_resistant: true}
      location:
        embargoed: ["%s"]
        offices: ["%s"]
      """
          .formatted(String.join("\", \"", EMBARGOED), String.join("\", \"", OFFICES));

  /// Reads `applicable` `of` `policies`, such as `10/10000`.
  static Corpus of(String cell) {
    int slash = cell.indexOf('/');
    return new Corpus(
        Integer.parseInt(cell.substring(slash + 1)), Integer.parseInt(cell.substring(0, slash)));
  }

  /// The policy set, read and compiled.
  CompiledPolicySet load() {
    return load(sources());
  }

  static CompiledPolicySet load(List<PolicySource> sources) {
    return switch (PolicyReader.read(sources, 1)) {
      case Reading.Loaded loaded -> loaded.set();
      case Reading.Rejected rejected ->
          throw new IllegalStateException(
              "the policies are wrong: " + rejected.problems().getFirst());
    };
  }

  /// The policy as files of a hundred rules.
  List<PolicySource> sources() {
    var rules = rules();
    var sources = new ArrayList<PolicySource>();
    sources.add(new PolicySource("shared.yaml", SHARED));
    for (int from = 0; from < rules.size(); from += PER_FILE) {
      var text = new StringBuilder();
      for (var kind : List.of("permit", "guard", "forbid")) {
        var some =
            rules.subList(from, Math.min(rules.size(), from + PER_FILE)).stream()
                .filter(rule -> rule.kind.equals(kind))
                .toList();
        if (some.isEmpty()) continue;
        text.append(kind).append(":\n");
        some.forEach(rule -> text.append(rule.body));
      }
      sources.add(new PolicySource("rules-" + from + ".yaml", text.toString()));
    }
    return sources;
  }

  private record Text(String kind, String body) {}

  private List<Text> rules() {
    var rules = new ArrayList<Text>();
    for (int i = 0; i < applicable; i++)
      rules.add(rule("own-" + i, i, new Scope(i % 4 == 3 ? "any" : APP, "")));
    for (int i = 0; i < policies - applicable; i++)
      rules.add(rule("other-" + i, i, elsewhere(i, i / RULES_OF_AN_APP)));
    return rules;
  }

  /// What a rule is about: an app, and a condition more than its kind has.
  private record Scope(String app, String more) {}

  /// Six in ten about other apps, two about other groups of this app's people, one each about other
  /// groups and other paths of any app.
  private static Scope elsewhere(int number, int tens) {
    return switch (number % RULES_OF_AN_APP) {
      case 6, 7 -> new Scope(APP, " && \"desk-" + number + "\" in subject.groups");
      case 8 -> new Scope("any", " && \"project-" + number + "\" in subject.groups");
      case 9 -> new Scope("any", " && request.path == \"/reports/" + number + "\"");
      default -> new Scope("app-" + tens, "");
    };
  }

  /// Of ten rules two permit and two forbid.
  private static Text rule(String name, int number, Scope scope) {
    int variant = number / RULES_OF_AN_APP;
    return switch (number % RULES_OF_AN_APP) {
      case 0 -> permit(name, scope, "treasury", 8 + variant % 3);
      case 4 -> permit(name, scope, "staff", 9 + variant % 3);
      case 5 ->
          forbid(
              name,
              scope,
              "in_location(\"embargoed\") || device.threat_level == \"high\" || risk.device =="
                  + " \"high\"");
      case 9 ->
          forbid(
              name,
              scope,
              "request.path.startsWith(\"/internal/%d\") || request.method == \"TRACE\" ||"
                      .formatted(variant)
                  + " network.anonymiser");
      default -> guard(name, number, variant, scope);
    };
  }

  private static Text permit(String name, Scope scope, String group, int hours) {
    return new Text(
        "permit",
        """
          %s:
            app: %s
            who: subject.population == "employee" && "%s" in subject.groups && device.managed%s
            require:
              - {strength: passkey, max_age: %dh, text: Sign in with your passkey.}
              - {name: device, if: device.compliant && device.encrypted, fix: enrol, text: Enrol this phone.}
        """
            .formatted(name, scope.app, group, scope.more, hours));
  }

  private static Text forbid(String name, Scope scope, String when) {
    var whole = scope.more.isEmpty() ? when : "(" + when + ")" + scope.more;
    return new Text(
        "forbid",
        """
          %s:
            app: %s
            when: '%s'
        """
            .formatted(name, scope.app, whole));
  }

  private static Text guard(String name, int number, int variant, Scope scope) {
    return new Text(
        "guard",
        """
          %s:
            app: %s
            when: subject.population in ["employee", "customer"]%s
            require:
              - {name: sound, if: '%s'%s}
        """
            .formatted(name, scope.app, scope.more, requirement(number, variant), fix(number)));
  }

  /// What is amiss with the phone can be mended; with the connection or the place, not.
  private static String fix(int number) {
    int kind = number % RULES_OF_AN_APP;
    return kind == 1 || kind == 2 ? ", fix: repair, text: Repair this phone." : "";
  }

  private static String requirement(int number, int variant) {
    return switch (number % RULES_OF_AN_APP) {
      case 1 ->
          "device.patch_date >= date(\"2026-0%d-01\") && device.os_version >= version(\"17.%d\")"
              .formatted(1 + variant % 6, variant % 5);
      case 2 -> "!device.rooted && device.secure_boot && device.screen_lock";
      case 3 ->
          "connection.mutual_tls && connection.tls_version == \"TLSv1.3\" && connection.binding =="
              + " \"certificate\"";
      case 6 ->
          "device.threat_level in [\"none\", \"low\"] && device.hardware_key &&"
              + " risk.session_score < 0.%d".formatted(5 + variant % 5);
      case 7 ->
          "(in_location(\"offices\") || network.country in [\"DE\", \"%s\"]) && !network.anonymiser"
              .formatted(PLACES.get((variant + 1) % PLACES.size()));
      default ->
          "age(device.compliant) < duration(\"%dh\") && device.active && subject.active"
              .formatted(24 + variant % 24);
    };
  }
}
