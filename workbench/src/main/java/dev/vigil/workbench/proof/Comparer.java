// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.kernel.TimeSource;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Truth;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.proof.Comparison.Change;
import dev.vigil.workbench.proof.Comparison.Difference;
import dev.vigil.workbench.proof.Comparison.Shown;
import dev.vigil.workbench.proof.Inquiry.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Compares two policies for every request there could be: for which apps and populations the later
/// one lets in more, lets in less, or restricts otherwise.
public final class Comparer {

  private static final int MOST_APPS = 200;

  private final Solver solver;
  private final TimeSource time;
  private final CompiledPolicySet before;
  private final CompiledPolicySet after;

  public Comparer(
      Solver solver, TimeSource time, CompiledPolicySet before, CompiledPolicySet after) {
    this.solver = solver;
    this.time = time;
    this.before = before;
    this.after = after;
  }

  /// Compares.
  public Comparison compare() {
    try {
      var apps = Part.apps(apps());
      var populations = Part.populations();
      var asked = Stream.concat(apps.stream(), populations.stream()).map(Part::condition).toList();
      var premises = Premises.of(List.of(before.rules(), after.rules()), asked);
      var one = premises.judge(0);
      var two = premises.judge(1);
      if (one.isEmpty() || two.isEmpty())
        return new Comparison(
            List.of(), premises.outside().stream().map(Outside::toString).toList());
      asked.forEach(premises::condition);
      return new Search(premises, new Grants(one.get(), two.get()), apps, populations).run();
    } catch (Outside.Reached e) {
      var all = new Outside("all rules together", String.valueOf(e.getMessage()));
      return new Comparison(List.of(), List.of(all.toString()));
    }
  }

  /// Every app that either policy names.
  private Set<String> apps() {
    var apps = new TreeSet<String>();
    for (var set : List.of(before, after))
      set.rules().all().forEach(rule -> apps.addAll(rule.apps().ids()));
    apps.addAll(
        Premises.of(List.of(before.rules(), after.rules()), List.of())
            .vocabulary()
            .kin()
            .constants(Part.app()));
    return apps;
  }

  private record Grants(Grant before, Grant after) {}

  /// One search through apps and populations.
  private final class Search {

    private final Premises premises;
    private final Grants grants;
    private final Inquiry inquiry;
    private final List<Part> apps;
    private final List<Part> populations;
    private final List<Difference> differences = new ArrayList<>();
    private final TreeSet<String> unanswered = new TreeSet<>();

    private Search(Premises premises, Grants grants, List<Part> apps, List<Part> populations) {
      this.premises = premises;
      this.grants = grants;
      this.apps = apps;
      this.populations = populations;
      this.inquiry = new Inquiry(solver, premises, time.now());
    }

    private Comparison run() {
      for (var change : Change.values()) {
        var term = change.of(grants.before, grants.after);
        if (isSome(inquiry.any(term))) apps(change, term);
      }
      return new Comparison(differences, List.copyOf(unanswered));
    }

    private boolean isSome(Finding finding) {
      if (finding instanceof Finding.Unanswered(String why)) unanswered.add(why);
      return finding instanceof Finding.Some;
    }

    private void apps(Change change, String term) {
      int shown = 0;
      for (var app : apps) {
        var there = Smt.and(term, holds(app));
        if (!isSome(inquiry.any(there))) continue;
        if (++shown > MOST_APPS) {
          unanswered.add("more than " + MOST_APPS + " apps differ; the rest are not shown");
          return;
        }
        populations.forEach(population -> difference(change, there, app, population));
      }
    }

    private void difference(Change change, String term, Part app, Part population) {
      var finding = inquiry.find(Smt.and(term, holds(population)));
      if (!isSome(finding) || !(finding instanceof Finding.Some(Words.Model model))) return;
      try {
        var found = RequestFromModel.of(premises.vocabulary(), model);
        var witness = new Witness(request -> shows(change, app, population, request));
        switch (witness.check(found)) {
          case Witness.Checked.Confirmed(AccessRequest request) ->
              differences.add(
                  new Difference(
                      change,
                      app.name(),
                      population.name(),
                      new Shown(request, before.decide(request), after.decide(request))));
          case Witness.Checked.Denied(AccessRequest request) ->
              unanswered.add(
                  premises.isExactAt(request.at())
                      ? "the solver and the engine disagree about a request at " + request.at()
                      : "there may be a difference when clocks are changed, at " + request.at());
        }
      } catch (Outside.Reached e) {
        unanswered.add("a difference cannot be shown: " + e.getMessage());
      }
    }

    private String holds(Part part) {
      return premises.condition(part.condition()).isTrue();
    }

    private boolean shows(Change change, Part app, Part population, AccessRequest request) {
      var on = new Evaluation(request);
      return app.condition().truth(on) == Truth.TRUE
          && population.condition().truth(on) == Truth.TRUE
          && change.of(before.decide(request), after.decide(request));
    }
  }
}
