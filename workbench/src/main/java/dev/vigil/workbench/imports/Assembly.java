// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts together what was carried over. Each rule is read by the policy reader before it is taken
/// in, so that one that cannot be loaded is left out and named, and never spoils the others.
public final class Assembly {

  private final List<Item> items = new ArrayList<>();
  private final List<RuleText> rules = new ArrayList<>();
  private final Slugs slugs = new Slugs();
  private Definitions definitions = new Definitions();

  /// Where the definitions of one rule may be tried out.
  public Definitions scratch() {
    return definitions.copy();
  }

  /// A name for a rule or a level.
  public String name(String from) {
    return slugs.next(from);
  }

  /// Takes in an item for which nothing is written.
  public void add(Item item) {
    items.add(item);
  }

  /// Takes in an item with its rule, if the rule and what it names can be loaded.
  public void add(Item item, RuleText rule, Definitions with) {
    var text = PolicyText.of(List.of(rule), List.of());
    var problem =
        problem(
            List.of(
                new PolicySource("names", PolicyText.of(with.namedIn(text), List.of())),
                new PolicySource("rule", text)));
    if (problem.isPresent()) {
      items.add(unloadable(item, problem.get()));
      return;
    }
    definitions = with;
    rules.add(rule);
    items.add(item);
  }

  /// Takes in an item that is a level, if it can be loaded.
  public void add(Item item, Bool level, Definitions with) {
    var names = with.namedIn(Cel.text(level));
    var problem = problem(List.of(new PolicySource("names", PolicyText.of(names, List.of()))));
    if (problem.isPresent()) {
      items.add(unloadable(item, problem.get()));
      return;
    }
    definitions = with;
    items.add(item);
  }

  private static Optional<Problem> problem(List<PolicySource> sources) {
    return switch (PolicyReader.read(sources, 1)) {
      case Reading.Loaded ignored -> Optional.empty();
      case Reading.Rejected(List<Problem> problems) -> Optional.of(problems.getFirst());
    };
  }

  private static Item unloadable(Item item, Problem problem) {
    var findings = new ArrayList<Finding>();
    findings.add(
        new Finding(
            Finding.Kind.REFUSED,
            "$",
            "what came of it could not be loaded: " + problem.what() + "; " + problem.why(),
            "write this one by hand"));
    findings.addAll(item.findings());
    return new Item(item.name(), item.id(), item.source(), Fate.NOT, List.of(), findings);
  }

  /// Whether the last item was taken in with what was written for it.
  public boolean tookLast() {
    return items.getLast().fate().written();
  }

  List<Item> items() {
    return items;
  }

  List<RuleText> rules() {
    return rules;
  }

  Definitions definitions() {
    return definitions;
  }
}
