// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports.entra;

import dev.vigil.workbench.imports.Bool;
import dev.vigil.workbench.imports.Cel;
import dev.vigil.workbench.imports.Part;
import dev.vigil.workbench.imports.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Carries over from where a policy applies. What cannot be known of a location makes the rule
/// apply at more places, never at fewer.
final class Where {

  /// The address of no client: a location that has yet to be filled in.
  private static final String NOWHERE = "0.0.0.0/32";

  private static final String MFA_TRUSTED = "00000000-0000-0000-0000-000000000000";
  private static final String FILL_IN =
      "export the named locations too, or write its networks below `locations:` in a file for"
          + " `--names`";

  private final Making making;

  private Where(Making making) {
    this.making = making;
  }

  /// Narrows the rule to its locations.
  static void narrow(Part locations, Making making) {
    if (locations.isEmpty()) return;
    var where = new Where(making);
    var included = locations.at("includeLocations");
    var excluded = locations.at("excludeLocations");
    making.draft().narrow(where.included(included));
    for (var word : excluded.words())
      making.draft().narrow(Bool.not(where.excluded(excluded, word)));
    locations.nothingElse();
  }

  private Bool included(Part included) {
    var any = new ArrayList<Bool>();
    for (var word : included.words()) {
      if (word.equalsIgnoreCase("None")) continue;
      var place = word.equalsIgnoreCase("All") ? Bool.Constant.ALWAYS : place(word);
      // The addresses trusted for multifactor authentication are trusted too, and in no export.
      var whole =
          word.equalsIgnoreCase("AllTrusted")
              ? Bool.any(List.of(place, place(MFA_TRUSTED)))
              : place;
      if (!whole.sayable()) making.draft().widened(included.path(), unclear(word), FILL_IN);
      any.add(whole.atLeast());
    }
    return included.isEmpty() ? Bool.Constant.ALWAYS : Bool.any(any);
  }

  private Bool excluded(Part excluded, String word) {
    if (word.equalsIgnoreCase("None")) return Bool.Constant.NEVER;
    if (word.equalsIgnoreCase("All")) return Bool.Constant.ALWAYS;
    var place = place(word);
    if (place.sayable()) return knownCountry(excluded, word, place);
    var name = slug(word);
    var known = place.atMost();
    making
        .definitions()
        .location(
            name,
            List.of(NOWHERE),
            "Fill in: which networks this was is not in the export. Until then it is nowhere.");
    making
        .draft()
        .stricter(
            excluded.path(),
            unclear(word) + "; the location `" + name + "` stands for it and is nowhere yet",
            FILL_IN);
    return Bool.any(List.of(known, inside(name)));
  }

  private Bool knownCountry(Part excluded, String word, Bool place) {
    var location = making.export().location(word);
    if (location.isPresent()
        && location.get().at("includeUnknownCountriesAndRegions").text().equalsIgnoreCase("true"))
      making
          .draft()
          .unexempted(
              excluded.path(),
              "whoever comes from an address of unknown country was exempt",
              "add the networks in question to a location, and exempt that");
    return place;
  }

  private static String unclear(String word) {
    return "which networks `" + word + "` means is not in the export, or cannot be told by address";
  }

  private static Bool inside(String name) {
    return new Bool.Is("in_location(" + Cel.quoted(name) + ")");
  }

  private Bool place(String word) {
    var own = making.names().networks(word);
    if (own.isEmpty() && isMfaTrusted(word))
      own = making.names().networks("MultiFactorAuthenticationServiceTrustedIPs");
    if (!own.isEmpty()) {
      making.definitions().location(slug(word), own, "Entra's location " + word + ".");
      return inside(slug(word));
    }
    if (word.equalsIgnoreCase("AllTrusted")) return trusted();
    return making
        .export()
        .location(word)
        .map(part -> place(word, part))
        .orElse(new Bool.Unsayable());
  }

  private Bool trusted() {
    var any = new ArrayList<Bool>();
    for (var id : making.export().trusted()) any.add(place(id));
    if (any.isEmpty()) any.add(new Bool.Unsayable());
    return Bool.any(any);
  }

  private Bool place(String id, Part location) {
    var name = slug(id);
    var title = "Entra's location \"" + location.at("displayName").text() + "\" (" + id + ").";
    if (location.has("countriesAndRegions")) return countries(location, name, title);
    if (!location.has("ipRanges")) return new Bool.Unsayable();
    var networks = new ArrayList<String>();
    boolean clear = true;
    for (var range : location.at("ipRanges").items()) {
      var some = networks(range);
      clear &= !some.isEmpty();
      networks.addAll(some);
    }
    if (networks.isEmpty()) return new Bool.Unsayable();
    making.definitions().location(name, networks.stream().distinct().toList(), title);
    return clear ? inside(name) : Bool.any(List.of(inside(name), new Bool.Unsayable()));
  }

  private static List<String> networks(Part range) {
    if (range.has("cidrAddress"))
      return Ranges.network(range.at("cidrAddress").text()).map(List::of).orElse(List.of());
    return Ranges.between(range.at("lowerAddress").text(), range.at("upperAddress").text());
  }

  private Bool countries(Part location, String name, String title) {
    var method = location.at("countryLookupMethod").text();
    if (!method.isEmpty() && !method.equalsIgnoreCase("clientIpAddress"))
      return new Bool.Unsayable();
    var countries =
        location.at("countriesAndRegions").words().stream()
            .map(one -> one.toUpperCase(Locale.ROOT))
            .toList();
    if (!countries.stream().allMatch(one -> one.matches("[A-Z]{2}"))) return new Bool.Unsayable();
    var level = name + "--countries";
    making.definitions().level(level, Cel.oneOf("network.country", countries), title);
    return new Bool.Is("level(" + Cel.quoted(level) + ")");
  }

  private String slug(String word) {
    return making.export().called(isMfaTrusted(word) ? "mfa trusted addresses" : word);
  }

  private static boolean isMfaTrusted(String word) {
    return word.equals(MFA_TRUSTED)
        || word.equalsIgnoreCase("MultiFactorAuthenticationServiceTrustedIPs");
  }
}
