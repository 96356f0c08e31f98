// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.request;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes request documents.
final class RequestWriter {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RequestWriter() {}

  static String write(AccessRequest request) {
    var root = JSON.createObjectNode();
    root.put("at", request.at().toString());
    var facts = root.putObject("facts");
    for (var entity : Entity.values())
      for (var fact : known(request.about(entity))) put(facts, fact, request);
    return root.toPrettyString();
  }

  private static List<Fact> known(Facts about) {
    var facts = new ArrayList<>(FactsSchema.standard().of(about.entity()));
    about.attributes().stream()
        .map(Facts.Attribute::fact)
        .sorted(Comparator.comparing(Fact::name))
        .forEach(facts::add);
    return facts;
  }

  private static void put(ObjectNode facts, Fact fact, AccessRequest request) {
    var about = request.about(fact.entity());
    var value = about.value(fact);
    var evidence = about.evidence(fact);
    if (value == null || evidence == null) return;
    if (evidence.equals(new Evidence(EvidenceTier.OBSERVED, request.at()))) {
      put(facts, fact.qualifiedName(), value);
      return;
    }
    var spelledOut = facts.putObject(fact.qualifiedName());
    put(spelledOut, "value", value);
    spelledOut
        .put("tier", GivenReader.label(evidence.tier()))
        .put("observed", evidence.observed().toString());
  }

  private static void put(ObjectNode node, String name, Object value) {
    switch (value) {
      case Boolean flag -> node.put(name, flag);
      case Long number -> node.put(name, number);
      case Double number -> node.put(name, number);
      case List<?> words -> {
        var array = node.putArray(name);
        words.forEach(word -> array.add(String.valueOf(word)));
      }
      default -> node.put(name, FactText.of(value));
    }
  }
}
