// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A request under construction: facts in the words of a scene, all reported a minute ago unless
/// said otherwise.
final class Scene {

  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final Map<String, Object> values = new TreeMap<>();
  private final Map<String, Evidence> evidence = new TreeMap<>();

  /// Nothing known.
  static Scene empty() {
    return new Scene();
  }

  Scene with(String fact, Object value) {
    return with(fact, value, EvidenceTier.REPORTED, Duration.ofMinutes(1));
  }

  Scene with(String fact, Object value, EvidenceTier tier, Duration age) {
    var typed =
        switch (FactsSchema.standard().find(fact).orElseThrow().type()) {
          case VERSION -> Version.parse((String) value);
          case DATE -> LocalDate.parse((String) value);
          case ADDRESS -> IpAddress.parse((String) value);
          case INTEGER -> ((Integer) value).longValue();
          case BOOLEAN, STRING, DECIMAL, STRINGS, TIMESTAMP, DURATION -> value;
        };
    values.put(fact, typed);
    evidence.put(fact, new Evidence(tier, NOW.minus(age)));
    return this;
  }

  Scene without(String fact) {
    values.remove(fact);
    return this;
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
        NOW);
  }

  private Facts about(Entity entity) {
    var facts = Facts.about(entity, "x", 1);
    values.forEach((name, value) -> {
      if (name.startsWith(entity.prefix() + "."))
        facts.put(name, value, java.util.Objects.requireNonNull(evidence.get(name)));
    });
    return facts.build();
  }

  static CompiledPolicySet policy(String text) {
    return policy(List.of(new PolicySource("scene.yaml", text)));
  }

  static CompiledPolicySet policy(List<PolicySource> sources) {
    var reading = PolicyReader.read(sources, 7);
    assertThat(reading).isInstanceOf(Reading.Loaded.class);
    return ((Reading.Loaded) reading).set();
  }
}
