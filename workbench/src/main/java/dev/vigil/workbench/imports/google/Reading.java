// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.google;

import dev.vigil.workbench.imports.Bool;
import dev.vigil.workbench.imports.Cel;
import dev.vigil.workbench.imports.Definitions;
import dev.vigil.workbench.imports.Draft;
import dev.vigil.workbench.imports.KnownNames;
import dev.vigil.workbench.imports.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What is at hand while one access level is carried over, and what it lost on the way.
///
/// @param levels what another level comes to here, by the name it has there
record Reading(
    String name,
    Draft draft,
    KnownNames names,
    Definitions definitions,
    Function<String, Bool> levels,
    List<Loss> losses) {

  private static final Map<String, List<String>> SYSTEMS =
      Map.of(
          "DESKTOP_MAC", List.of("macos"),
          "DESKTOP_WINDOWS", List.of("windows"),
          "DESKTOP_LINUX", List.of("linux"),
          "DESKTOP_CHROME_OS", List.of(),
          "ANDROID", List.of("android"),
          "IOS", List.of("ios", "ipados"));

  /// Something that cannot be told here.
  record Loss(String path, String why, String next) {}

  /// Something that cannot be told here, and why.
  Bool unsayable(String path, String why, String next) {
    losses.add(new Loss(path, why, next));
    return new Bool.Unsayable();
  }

  /// Whether the device has this operating system; there is no ChromeOS here.
  Bool system(String path, String type) {
    var known = SYSTEMS.get(type.toUpperCase(Locale.ROOT));
    return known == null
        ? unsayable(path, "`" + type + "` is no operating system known here", "say which is meant")
        : Cel.oneOf("device.platform", known);
  }

  /// Whether the client's address is in one of these networks.
  Bool networks(String path, List<String> ranges) {
    var networks = new ArrayList<String>();
    var any = new ArrayList<Bool>();
    for (var range : ranges) {
      var network = Ranges.network(range);
      if (network.isPresent()) networks.add(network.get());
      else any.add(unsayable(path, "`" + range + "` is no network", "correct it"));
    }
    if (networks.isEmpty()) return Bool.any(any);
    int number = 1;
    var base = name.length() > 48 ? name.substring(0, 48) : name;
    while (definitions.hasLocation(base + "-networks-" + number)) number++;
    var location = base + "-networks-" + number;
    definitions.location(location, networks, "Networks of the access level " + name + ".");
    any.add(new Bool.Is("in_location(" + Cel.quoted(location) + ")"));
    return Bool.any(any);
  }

  /// Whether the request comes from one of these countries.
  Bool countries(String path, List<String> regions) {
    var codes = regions.stream().map(region -> region.toUpperCase(Locale.ROOT)).toList();
    return codes.stream().allMatch(code -> code.matches("[A-Z]{2}"))
        ? Cel.oneOf("network.country", codes)
        : unsayable(path, "`" + codes + "` are no countries", "correct them");
  }

  /// Whether the subject is one of these.
  Bool members(String path, List<String> members) {
    var any = new ArrayList<Bool>();
    for (var member : members) any.add(member(path, member));
    return Bool.any(any);
  }

  private Bool member(String path, String member) {
    var plain = member.substring(member.indexOf(':') + 1);
    for (var id : List.of(member, plain)) {
      var group = names.name(KnownNames.Kind.GROUPS, id);
      if (group.isPresent()) return Cel.hasOneOf("subject.groups", List.of(group.get()));
      var user = names.name(KnownNames.Kind.USERS, id);
      if (user.isPresent()) return Cel.oneOf("subject.id", List.of(user.get()));
    }
    return unsayable(
        path,
        "nobody said who `" + member + "` is here",
        "name it below `users:` (a subject's id) or `groups:` in a file for `--names`");
  }
}
