// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.policy.Version;
import dev.vigil.workbench.imports.Bool;
import dev.vigil.workbench.imports.Cel;
import dev.vigil.workbench.imports.Draft;
import dev.vigil.workbench.imports.Part;
import dev.vigil.workbench.imports.Plain;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Carries over the filter for devices.
final class DeviceFilter {

  private static final Set<String> NOT_HERE =
      Set.of(
          "deviceid",
          "displayname",
          "enrollmentprofilename",
          "manufacturer",
          "mdmappid",
          "physicalids",
          "devicephysicalids",
          "profiletype",
          "systemlabels",
          "trusttype");
  private static final Map<String, String> SYSTEMS =
      Map.of(
          "windows", "windows",
          "ios", "ios",
          "iphone", "ios",
          "ipad", "ipados",
          "android", "android",
          "macmdm", "macos",
          "macos", "macos",
          "linux", "linux");

  private final Set<String> unknown = new LinkedHashSet<>();

  private DeviceFilter() {}

  /// Narrows the rule to the devices that the filter includes or does not exclude.
  static void narrow(Part filter, Draft draft) {
    if (filter.isEmpty()) return;
    var mode = filter.at("mode").words(List.of("include", "exclude"));
    var rule = filter.at("rule").longText();
    filter.nothingElse();
    var reader = new DeviceFilter();
    var line = rule.replaceAll("\\s+", " ");
    var condition =
        Plain.is(line) ? FilterRule.read(line, reader::compared) : Optional.<Bool>empty();
    if (condition.isEmpty() || mode.size() != 1)
      draft.refuse(
          filter.path(), "the filter cannot be understood: `" + rule + "`", "write it by hand");
    else if (mode.contains("include")) reader.include(condition.get(), filter, draft);
    else reader.exclude(condition.get(), filter, draft);
  }

  private void include(Bool condition, Part filter, Draft draft) {
    if (!condition.sayable()) draft.widened(filter.path(), why(), next());
    draft.narrow(condition.atLeast());
  }

  private void exclude(Bool condition, Part filter, Draft draft) {
    if (!condition.sayable()) draft.unexempted(filter.path(), why(), next());
    draft.narrow(Bool.not(condition.atMost()));
  }

  private String why() {
    return "Vigil does not know `" + String.join("`, `", unknown) + "` of a device";
  }

  private static String next() {
    return "say it with `device.managed`, `device.corporate` or `device.compliant`";
  }

  private Optional<Bool> compared(String property, String operator, List<String> values) {
    var name = property.toLowerCase(Locale.ROOT);
    if (!name.startsWith("device.")) return Optional.empty();
    boolean opposite = operator.equals("ne") || operator.startsWith("not");
    var positive =
        switch (operator) {
          case "eq", "ne", "equals", "notequals" -> "eq";
          case "in", "notin" -> "in";
          case "startswith", "notstartswith" -> "startsWith";
          case "endswith", "notendswith" -> "endsWith";
          case "contains", "notcontains" -> "contains";
          default -> "";
        };
    if (positive.isEmpty() || (!positive.equals("in") && values.size() != 1))
      return Optional.empty();
    return property(name.substring("device.".length()), positive, values)
        .map(one -> opposite ? Bool.not(one) : one);
  }

  private Optional<Bool> property(String name, String operator, List<String> values) {
    boolean whole = operator.equals("eq") || operator.equals("in");
    if (NOT_HERE.contains(name) || name.matches("extensionattribute([1-9]|1[0-5])"))
      return unsayable(name);
    if (values.stream().anyMatch(value -> value.equalsIgnoreCase("null"))) return unsayable(name);
    return switch (name) {
      case "iscompliant" ->
          whole ? flag("device.compliant", values, "true", "false") : unsayable(name);
      case "deviceownership" ->
          whole ? flag("device.corporate", values, "company", "personal") : unsayable(name);
      case "operatingsystem" -> whole ? systems(values) : unsayable(name);
      case "operatingsystemversion" -> whole ? versions(values) : unsayable(name);
      case "model" ->
          Optional.of(whole ? Cel.oneOf("device.model", values) : part(operator, values));
      default -> Optional.empty();
    };
  }

  private Optional<Bool> unsayable(String name) {
    unknown.add("device." + name);
    return Optional.of(new Bool.Unsayable());
  }

  private static Bool part(String operator, List<String> values) {
    return new Bool.Is("device.model." + operator + "(" + Cel.quoted(values.getFirst()) + ")");
  }

  private Optional<Bool> flag(String fact, List<String> values, String yes, String no) {
    var any = new java.util.ArrayList<Bool>();
    for (var value : values) {
      if (value.equalsIgnoreCase(yes)) any.add(new Bool.Is(fact));
      else if (value.equalsIgnoreCase(no)) any.add(Bool.not(new Bool.Is(fact)));
      else return Optional.empty();
    }
    return Optional.of(Bool.any(any));
  }

  private Optional<Bool> systems(List<String> values) {
    var here =
        values.stream()
            .map(value -> Optional.ofNullable(SYSTEMS.get(value.toLowerCase(Locale.ROOT))))
            .toList();
    if (here.contains(Optional.<String>empty())) return unsayable("operatingsystem");
    var platforms = Cel.oneOf("device.platform", here.stream().flatMap(Optional::stream).toList());
    if (values.stream().noneMatch("ios"::equalsIgnoreCase)) return Optional.of(platforms);
    // Some iPads are called iOS there, and some are not.
    unknown.add("device.operatingsystem of an iPad");
    var tablets = new Bool.Is("device.platform == \"ipados\"");
    return Optional.of(
        Bool.any(List.of(platforms, Bool.all(List.of(tablets, new Bool.Unsayable())))));
  }

  private Optional<Bool> versions(List<String> values) {
    var any = new java.util.ArrayList<Bool>();
    for (var value : values) {
      try {
        any.add(
            new Bool.Is(
                "device.os_version == version("
                    + Cel.quoted(Version.parse(value).toString())
                    + ")"));
      } catch (IllegalArgumentException e) {
        return unsayable("operatingsystemversion");
      }
    }
    return Optional.of(Bool.any(any));
  }
}
