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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All that is known at a time, by the facts' names. Attributes may have values that do not fit
/// what policies declare of them, as organisations send what they have.
record World(Map<String, Known> facts, Instant at) {

  record Known(Object value, EvidenceTier tier, Instant observed) {}

  /// What is known of a fact; null if nothing is, or if it does not fit.
  @Nullable Known known(String name) {
    var known = facts.get(name);
    var attribute = Vocabulary.ATTRIBUTES.get(name);
    return known == null || (attribute != null && !attribute.fits(known.value())) ? null : known;
  }

  @Nullable Object value(String name) {
    var known = known(name);
    return known == null ? null : known.value();
  }

  World with(String name, Object value, EvidenceTier tier) {
    return with(name, new Known(value, tier, at));
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
      if (!name.startsWith(entity.prefix() + ".")) return;
      var evidence = new Evidence(known.tier(), known.observed());
      var attribute = Vocabulary.ATTRIBUTES.get(name);
      if (attribute == null) builder.put(name, known.value(), evidence);
      else builder.put(attribute.sent(known.value()), known.value(), evidence);
    });
    return builder.build();
  }

  @Override
  public String toString() {
    return "at: "
        + at
        + facts.entrySet().stream()
            .map(e ->
                "\n%s: %s (%s, observed %s)"
                    .formatted(
                        e.getKey(),
                        e.getValue().value(),
                        e.getValue().tier(),
                        e.getValue().observed()))
            .collect(Collectors.joining());
  }
}
