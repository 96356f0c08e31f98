// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.workbench.imports.ExportedDocument;
import dev.vigil.workbench.imports.KnownNames;
import dev.vigil.workbench.imports.Part;
import dev.vigil.workbench.imports.Slugs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything that was exported, sorted by what it is: alone, in lists, or in collections.
final class EntraExport {

  private static final List<String> COLLECTIONS =
      List.of(
          "value",
          "conditionalAccess",
          "policies",
          "conditionalAccessPolicies",
          "namedLocations",
          "authenticationStrength",
          "authenticationStrengthPolicies",
          "groups",
          "Objects");
  private static final int DEEPEST = 4;

  private final List<Policy> policies = new ArrayList<>();
  private final Map<String, Part> locations = new LinkedHashMap<>();
  private final Map<String, Part> strengths = new LinkedHashMap<>();
  private final Set<String> ambiguous = new HashSet<>();
  private final Map<String, String> called = new HashMap<>();
  private final Slugs slugs = new Slugs();
  private final List<ExportedDocument> others = new ArrayList<>();
  private final KnownNames names;

  /// One policy.
  record Policy(String file, Part part) {}

  private EntraExport(KnownNames names) {
    this.names = names;
  }

  static EntraExport of(List<ExportedDocument> documents, KnownNames names) {
    var export = new EntraExport(names);
    for (var document : documents)
      if (!export.sort(document.file(), document.root(), 0)) export.others.add(document);
    names.settle();
    return export;
  }

  /// Whether there was anything in it that is used.
  private boolean sort(String file, Part part, int depth) {
    if (depth > DEEPEST) return false;
    boolean found = false;
    if (part.isList()) {
      for (var one : part.items()) found |= sort(file, one, depth + 1);
      return found;
    }
    if (!part.isObject()) return false;
    if (one(file, part)) return true;
    for (var collection : COLLECTIONS)
      if (part.has(collection)) found |= sort(file, part.at(collection), depth + 1);
    return found;
  }

  private boolean one(String file, Part part) {
    var type = part.at("@odata.type").text().toLowerCase(Locale.ROOT);
    if (type.endsWith("conditionalaccesspolicy") || looksLikePolicy(part))
      return policies.add(new Policy(file, part));
    if (part.has("details") && looksLikePolicy(part.at("details")))
      return policies.add(new Policy(file, part.at("details")));
    if (type.endsWith("namedlocation")
        || part.names("ipRanges")
        || part.names("countriesAndRegions")
        || part.names("compliantNetworkType")) return keep(locations, part);
    if (part.names("allowedCombinations")) return keep(strengths, part);
    if (!isGroup(type, part)) return false;
    names.group(part.at("id").text(), part.at("displayName").text());
    return true;
  }

  private static boolean looksLikePolicy(Part part) {
    return part.names("conditions")
        && (part.names("grantControls") || part.names("sessionControls") || part.names("state"));
  }

  private static boolean isGroup(String type, Part part) {
    if (!part.has("id") || !part.has("displayName")) return false;
    return type.endsWith("graph.group")
        || part.names("securityEnabled")
        || part.names("groupTypes")
        || part.names("membershipRule")
        || part.at("type").text().equalsIgnoreCase("Group");
  }

  /// Two that have one id and differ are as good as none: nobody can tell which is meant.
  private boolean keep(Map<String, Part> among, Part part) {
    var id = part.at("id").text().toLowerCase(Locale.ROOT);
    var before = among.putIfAbsent(id, part);
    if (before != null && !before.saysTheSameAs(part)) ambiguous.add(id);
    return true;
  }

  List<Policy> policies() {
    return policies;
  }

  List<ExportedDocument> others() {
    return others;
  }

  Optional<Part> location(String id) {
    var key = id.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(locations.get(key)).filter(part -> !ambiguous.contains(key));
  }

  /// What a location is called here, always the same and no other.
  String called(String id) {
    return called.computeIfAbsent(
        id.toLowerCase(Locale.ROOT),
        key -> {
          var title = location(key).map(part -> part.at("displayName").text()).orElse("");
          return slugs.next(title.isEmpty() ? "location " + key : title);
        });
  }

  /// Every location that is marked as trusted, by its id.
  List<String> trusted() {
    return locations.entrySet().stream()
        .filter(one -> one.getValue().at("isTrusted").text().equalsIgnoreCase("true"))
        .map(Map.Entry::getKey)
        .toList();
  }

  Optional<Part> strength(String id) {
    var key = id.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(strengths.get(key)).filter(part -> !ambiguous.contains(key));
  }
}
