// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.workbench.imports.Bool;
import dev.vigil.workbench.imports.Cel;
import dev.vigil.workbench.imports.Part;
import dev.vigil.workbench.imports.RuleText.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Carries over the grant controls: what must be so for access.
final class Grants {

  private static final List<String> CONTROLS =
      List.of(
          "block",
          "mfa",
          "compliantDevice",
          "domainJoinedDevice",
          "approvedApplication",
          "compliantApplication",
          "passwordChange");
  private static final String SIGN_IN =
      "Sign in with your passkey and let the phone check that it is you.";
  private static final String COMPLY =
      "Enrol this device in the device management and bring it to what your organisation requires.";

  private final Making making;
  private final List<Way> ways = new ArrayList<>();
  private final List<Lost> lost = new ArrayList<>();

  /// One control that Vigil has.
  ///
  /// @param strength the authentication that satisfies it; empty if the device must be fixed
  private record Way(String name, Bool condition, Optional<String> strength) {}

  /// One control that Vigil does not have.
  private record Lost(String path, String why, String next) {}

  private Grants(Making making) {
    this.making = making;
  }

  /// Whether the policy lets nobody pass.
  static boolean blocks(Part grants) {
    return grants.at("builtInControls").words().stream().anyMatch("block"::equalsIgnoreCase);
  }

  /// What the rule requires; nothing if it blocks.
  static List<Requirement> of(Part grants, Making making) {
    if (grants.isEmpty()) return List.of();
    var reader = new Grants(making);
    reader.builtIn(grants.at("builtInControls"));
    reader.strength(grants.at("authenticationStrength"));
    reader.others(grants);
    var operators = grants.at("operator").words(List.of("AND", "OR"));
    grants.nothingElse();
    if (blocks(grants)) return List.of();
    return operators.contains("OR") ? reader.oneOfThem() : reader.allOfThem();
  }

  private void builtIn(Part controls) {
    for (var control : controls.words(CONTROLS)) {
      switch (control) {
        case "mfa" -> ways.add(authentication("mfa", Strengths.mfa(making)));
        case "compliantDevice" ->
            ways.add(
                new Way("compliant-device", new Bool.Is("device.compliant"), Optional.empty()));
        case "domainJoinedDevice" ->
            lose(
                controls,
                "`domainJoinedDevice`: no device here is joined to a domain",
                "require `device.managed && device.corporate` where that is meant");
        case "approvedApplication" ->
            lose(
                controls,
                "`approvedApplication`: Vigil has no list of approved client apps",
                "permit the apps you approve; every client is enrolled by its key");
        case "compliantApplication" ->
            lose(
                controls,
                "`compliantApplication`: Vigil does not know app protection policies",
                "require what they check of the device, such as `device.screen_lock`");
        case "passwordChange" ->
            lose(
                controls,
                "`passwordChange`: Vigil has no passwords",
                "have the person's passkeys replaced, or require a fresh authentication");
        default -> {}
      }
    }
  }

  private void lose(Part at, String why, String next) {
    lost.add(new Lost(at.path(), why, next));
  }

  private void strength(Part strength) {
    if (strength.isEmpty()) return;
    Strengths.of(strength, making).ifPresent(name -> ways.add(authentication(name, name)));
  }

  private void others(Part grants) {
    var terms = grants.at("termsOfUse");
    if (!terms.words().isEmpty())
      lose(
          terms,
          "`termsOfUse`: Vigil does not have terms of use accepted",
          "have them accepted before enrolment");
    var custom = grants.at("customAuthenticationFactors");
    if (!custom.words().isEmpty())
      lose(
          custom,
          "`customAuthenticationFactors`: Vigil knows no factors of others",
          "ask for a strength");
  }

  private static Way authentication(String name, String strength) {
    return new Way(
        name, new Bool.Is("strength(" + Cel.quoted(strength) + ")"), Optional.of(strength));
  }

  private List<Requirement> allOfThem() {
    lost.forEach(one -> making.draft().missing(one.path(), one.why(), one.next()));
    return ways.stream().map(Grants::alone).toList();
  }

  /// A way less to satisfy it is stricter; no way left is none.
  private List<Requirement> oneOfThem() {
    if (ways.isEmpty()) return allOfThem();
    lost.forEach(one ->
        making
            .draft()
            .stricter(
                one.path(),
                one.why() + "; it can be satisfied in the other ways only",
                one.next()));
    return ways.size() == 1 ? List.of(alone(ways.getFirst())) : List.of(together());
  }

  private static Requirement alone(Way way) {
    if (way.strength().isPresent())
      return Requirement.of(way.name(), Map.of("strength", way.strength().get()), SIGN_IN);
    return Requirement.of(
        way.name(),
        Map.of("if", Cel.text(way.condition()), "fix", "make-device-compliant"),
        COMPLY);
  }

  /// One requirement that is met in either way; what is offered is to authenticate if that would
  /// do, as it is quicker.
  private Requirement together() {
    var name = ways.stream().map(Way::name).collect(Collectors.joining("-or-"));
    var asked = new LinkedHashMap<String, String>();
    asked.put("if", "'" + Cel.text(Bool.any(ways.stream().map(Way::condition).toList())) + "'");
    var strength = ways.stream().flatMap(way -> way.strength().stream()).findFirst();
    if (strength.isPresent()) asked.put("authenticate", "{strength: " + strength.get() + "}");
    else asked.put("fix", "make-device-compliant");
    return Requirement.of(
        shortened(name.toLowerCase(Locale.ROOT)), asked, strength.isPresent() ? SIGN_IN : COMPLY);
  }

  private static String shortened(String name) {
    return name.length() <= 60 ? name : name.substring(0, 60).replaceAll("-+$", "");
  }
}
