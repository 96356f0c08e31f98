// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.policy.Obligations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which obligations an enforcement point says it can carry out: `context.enforces`, an array of
/// `read_only`, `methods`, `no_download`, `maximum_age` and `recheck`. Access under an obligation
/// that nobody carries out is no access.
record Enforceable(Set<String> named) {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  Enforceable {
    named = Set.copyOf(named);
  }

  /// What the context of a request names.
  static Enforceable of(ObjectNode context) {
    return new Enforceable(
        context
            .path("enforces")
            .valueStream()
            .filter(JsonNode::isString)
            .map(JsonNode::asString)
            .collect(Collectors.toSet()));
  }

  /// The obligations that would not be seen to if this action went ahead; empty if all would be.
  List<String> unmet(Obligations obligations, String action) {
    var unmet = new ArrayList<String>();
    boolean reads = READING.contains(action);
    if (obligations.readOnly() && !reads && !named.contains("read_only")) unmet.add("read_only");
    if (!obligations.methods().isEmpty()
        && !obligations.methods().contains(action)
        && !named.contains("methods")) unmet.add("methods");
    if (obligations.noDownload() && !named.contains("no_download")) unmet.add("no_download");
    if (obligations.maximumAge().isPresent() && !named.contains("maximum_age"))
      unmet.add("maximum_age");
    if (obligations.recheck().isPresent() && !named.contains("recheck")) unmet.add("recheck");
    return unmet;
  }
}
