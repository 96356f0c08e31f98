// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.check;

import dev.vigil.policy.language.Place;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.workbench.document.Document;
import dev.vigil.workbench.document.Keys;
import dev.vigil.workbench.document.Node;
import dev.vigil.workbench.document.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where each rule of sound policies stands.
final class RulePlaces {

  private static final Set<String> KINDS = Set.of("permit", "guard", "forbid");

  private final Map<String, Place> places = new HashMap<>();

  static RulePlaces in(List<PolicySource> sources) {
    var places = new RulePlaces();
    var report = new Report();
    for (var source : sources)
      Document.read(source, report)
          .ifPresent(root -> {
            for (var kind : Keys.any(root, "a policy file", report).entries())
              if (KINDS.contains(kind.key().text())) places.note(kind.value());
          });
    return places;
  }

  private void note(Node kind) {
    if (kind instanceof Node.Mapping(List<Node.Entry> rules, Place ignored))
      rules.forEach(rule -> places.put(rule.key().text(), rule.key().place()));
  }

  Place of(String rule) {
    return places.getOrDefault(rule, new Place("policies", 1, 1));
  }
}
