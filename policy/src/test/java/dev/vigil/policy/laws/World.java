// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// All that is known at a time, by the facts' names.
record World(Map<String, Known> facts, Instant at) {

  record Known(Object value, EvidenceTier tier, Instant observed) {}

  World with(String name, Object value, EvidenceTier tier) {
    var more = new TreeMap<>(facts);
    more.put(name, new Known(value, tier, at));
    return new World(more, at);
  }

  World with(String name, Known known) {
    var more = new TreeMap<>(facts);
    more.put(name, known);
    return new World(more, at);
  }

  World without(String name) {
    var less = new TreeMap<>(facts);
    less.remove(name);
    return new World(less, at);
  }

  World at(Instant time) {
    return new World(facts, time);
  }

  AccessRequest request() {
    return new AccessRequest(
        about(Entity.SUBJECT),
        about(Entity.AUTHENTICATION),
        about(Entity.DEVICE),
        about(Entity.CONNECTION),
        about(Entity.NETWORK),
        about(Entity.RISK),
        about(Entity.APP),
        about(Entity.REQUEST),
        at);
  }

  private Facts about(Entity entity) {
    var builder = Facts.about(entity, "x", 1);
    facts.forEach((name, known) -> {
      if (name.startsWith(entity.prefix() + "."))
        builder.put(name, known.value(), new Evidence(known.tier(), known.observed()));
    });
    return builder.build();
  }
}
