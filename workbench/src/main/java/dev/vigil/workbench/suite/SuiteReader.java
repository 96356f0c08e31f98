// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.language.Place;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.workbench.document.Document;
import dev.vigil.workbench.document.Keys;
import dev.vigil.workbench.document.Node;
import dev.vigil.workbench.document.Report;
import dev.vigil.workbench.request.GivenReader;
import dev.vigil.workbench.suite.Bases.Base;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads case files: `at` (the time of all cases that say none), `defaults` (named requests that
/// others build on by `like`) and `cases`.
final class SuiteReader {

  private static final List<String> FILE = List.of("at", "defaults", "cases");
  private static final List<String> CASE = List.of("given", "expect");
  private static final int LONGEST_NAME = 200;

  private final Report report;
  private final GivenReader givens;
  private final Bases bases;
  private final Map<String, Place> names = new HashMap<>();

  SuiteReader(FactsSchema schema, Report report) {
    this.report = report;
    this.givens = new GivenReader(schema, report);
    this.bases = new Bases(givens, report);
  }

  private record File(Keys keys, Optional<Instant> at) {}

  List<Case> read(List<PolicySource> sources) {
    var files = new ArrayList<File>();
    for (var source : sources)
      Document.read(source, report).ifPresent(root -> files.add(file(root)));
    bases.resolve();
    var cases = new ArrayList<Case>();
    for (var file : files)
      file.keys()
          .find("cases")
          .ifPresent(node -> {
            for (var entry : Keys.any(node, "`cases`", report).entries()) one(entry, file, cases);
          });
    return cases;
  }

  private File file(Node root) {
    var keys = Keys.of(root, "a case file", FILE, report);
    keys.find("defaults").ifPresent(bases::collect);
    return new File(keys, keys.text("at").flatMap(givens::time));
  }

  private void one(Node.Entry entry, File file, List<Case> cases) {
    var name = entry.key().text().strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME)
      report.problem(
          entry.key().place(),
          "a case has no name that fits a line",
          "it has 1 to " + LONGEST_NAME + " characters",
          "name it by a sentence");
    var before = names.putIfAbsent(name, entry.key().place());
    if (before != null && !before.source().equals(entry.key().place().source()))
      report.problem(
          entry.key().place(),
          "there are two cases `" + name + "`",
          "the other stands at " + before,
          "rename one");
    var keys = Keys.of(entry.value(), "a case", CASE, report);
    var expected =
        keys.require("expect", "expect: allow")
            .flatMap(node -> new ExpectationReader(report).read(node));
    var given = keys.require("given", "given: {subject: {population: employee}}");
    if (given.isEmpty()) return;
    var variants =
        given.get() instanceof Node.Items(List<Node> items, Place ignored)
            ? items
            : List.of(given.get());
    if (variants.isEmpty())
      report.problem(given.get().place(), "`given` is empty", "nothing is asked", "give a request");
    for (int i = 0; i < variants.size(); i++) {
      var called = variants.size() == 1 ? name : name + " [" + (i + 1) + "]";
      var base = bases.read(variants.get(i));
      if (expected.isPresent()) made(called, base, file, expected.get()).ifPresent(cases::add);
    }
  }

  private Optional<Case> made(String name, Base base, File file, Expectation expected) {
    var at = base.at().or(file::at);
    if (at.isEmpty() && !file.keys().has("at"))
      report.problem(
          base.place(),
          "the case has no time",
          "neither it nor the file says `at`",
          "write `at: 2026-06-01T09:00:00Z` at the top of the file");
    return at.map(time -> new Case(name, base.place(), base.given().at(time), expected));
  }
}
