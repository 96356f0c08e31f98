// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import dev.vigil.policy.condition.Network;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Facts as text, numbers and lists, for engines that have no versions, dates, addresses or
/// evidence. What such an engine cannot work out is worked out before, in its favour: days and
/// versions are whole numbers, ages are seconds, locations are flags.
final class PlainFacts {

  private static final List<Network> EMBARGOED = networks(Corpus.EMBARGOED);
  private static final List<Network> OFFICES = networks(Corpus.OFFICES);

  private PlainFacts() {}

  private static List<Network> networks(List<String> networks) {
    return networks.stream().map(Network::parse).toList();
  }

  /// Every known fact by its name.
  static Map<String, Object> of(AccessRequest request) {
    var plain = new LinkedHashMap<String, Object>();
    for (var fact : FactsSchema.standard().all()) {
      var value = request.about(fact.entity()).value(fact);
      if (value != null) put(fact, value, plain);
    }
    plain.put("authentication.age", age(request, "authentication.strength"));
    plain.put("device.compliant_age", age(request, "device.compliant"));
    return Map.copyOf(plain);
  }

  private static void put(Fact fact, Object value, Map<String, Object> plain) {
    switch (value) {
      case Version version -> plain.put(fact.qualifiedName(), number(version));
      case LocalDate day -> plain.put(fact.qualifiedName(), day.toEpochDay());
      case IpAddress address -> {
        plain.put("network.embargoed", EMBARGOED.stream().anyMatch(n -> n.contains(address)));
        plain.put("network.offices", OFFICES.stream().anyMatch(n -> n.contains(address)));
      }
      default -> plain.put(fact.qualifiedName(), value);
    }
  }

  private static long number(Version version) {
    var parts = version.parts();
    return parts.get(0) * 100L + (parts.size() > 1 ? parts.get(1) : 0);
  }

  private static long age(AccessRequest request, String name) {
    var fact = FactsSchema.standard().find(name).orElseThrow();
    var behind = request.about(fact.entity()).evidence(fact);
    if (behind == null) throw new IllegalStateException("nothing is known of " + name);
    return Duration.between(behind.observed(), request.at()).toSeconds();
  }
}
