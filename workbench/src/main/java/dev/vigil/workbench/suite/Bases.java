// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import dev.vigil.policy.language.Place;
import dev.vigil.workbench.document.Keys;
import dev.vigil.workbench.document.Node;
import dev.vigil.workbench.document.Report;
import dev.vigil.workbench.request.Given;
import dev.vigil.workbench.request.GivenReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Named requests that others build on. `like` names one or several; of several, later ones win
/// over earlier ones, and what stands beside `like` wins over all.
final class Bases {

  private static final List<String> KEYS =
      Stream.concat(Stream.of("like", "at"), GivenReader.KEYS.stream()).toList();

  private static final int LONGEST_CHAIN = 32;

  private final GivenReader givens;
  private final Report report;
  private final Map<String, Node.Entry> written = new LinkedHashMap<>();
  private final Map<String, Base> resolved = new HashMap<>();
  private final Set<String> underWay = new LinkedHashSet<>();

  Bases(GivenReader givens, Report report) {
    this.givens = givens;
    this.report = report;
  }

  /// What a request states, its bases included.
  record Base(Given given, Optional<Instant> at, Place place) {}

  /// Notes the `defaults` of a file.
  void collect(Node defaults) {
    for (var entry : Keys.any(defaults, "`defaults`", report).entries()) {
      var before = written.putIfAbsent(entry.key().text(), entry);
      if (before != null)
        report.problem(
            entry.key().place(),
            "`" + entry.key().text() + "` is defined twice",
            "it stands at " + before.key().place() + " already",
            "rename one");
    }
  }

  /// Reads all that were noted, used or not.
  void resolve() {
    written.values().forEach(entry -> named(entry.key()));
  }

  /// Reads a request.
  Base read(Node node) {
    var keys = Keys.of(node, "`given`", KEYS, report);
    var given = Given.NOTHING;
    Optional<Instant> at = Optional.empty();
    for (var name : keys.texts("like")) {
      var base = named(name);
      given = base.given().over(given);
      if (base.at().isPresent()) at = base.at();
    }
    if (keys.has("at")) at = keys.text("at").flatMap(givens::time);
    return new Base(givens.read(keys).over(given), at, node.place());
  }

  private Base named(Node.Scalar name) {
    var known = resolved.get(name.text());
    if (known != null) return known;
    var nothing = new Base(Given.NOTHING, Optional.empty(), name.place());
    var entry = written.get(name.text());
    if (entry == null) {
      report.problem(
          name.place(),
          "there is no default `" + name.text() + "`",
          "no case file defines it",
          report.instead(name.text(), written.keySet()));
      return nothing;
    }
    if (underWay.size() >= LONGEST_CHAIN && !underWay.contains(name.text())) {
      report.problem(
          name.place(),
          "`" + name.text() + "` builds on more than " + LONGEST_CHAIN + " others",
          "nobody could follow that",
          "shorten the chain of `like`");
      return nothing;
    }
    if (!underWay.add(name.text())) {
      report.problem(
          name.place(),
          "`" + name.text() + "` leads back to itself",
          "`" + String.join("` -> `", underWay) + "` has no end",
          "break the circle");
      return nothing;
    }
    var base = read(entry.value());
    underWay.remove(name.text());
    resolved.put(name.text(), base);
    return base;
  }
}
