// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.request;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a document states of facts. A fact that is not stated is unknown; one that is stated as
/// nothing is unknown even where a base states it.
public record Given(Map<Fact, Stated> facts) {

  /// Nothing stated.
  public static final Given NOTHING = new Given(Map.of());

  public Given {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /// What is stated of one fact.
  ///
  /// @param value empty if it is stated to be unknown
  /// @param tier [EvidenceTier#OBSERVED] unless said otherwise
  public record Stated(Optional<Object> value, EvidenceTier tier, Age age) {

    /// Stated to be unknown.
    static final Stated UNKNOWN =
        new Stated(Optional.empty(), EvidenceTier.OBSERVED, new Age.Ago(Duration.ZERO));
  }

  /// When a fact was observed.
  public sealed interface Age {

    /// This long before the request.
    record Ago(Duration duration) implements Age {}

    /// At this time.
    record At(Instant time) implements Age {}

    /// When that was, for a request at a time.
    default Instant observed(Instant request) {
      return switch (this) {
        case Ago(Duration duration) -> request.minus(duration);
        case At(Instant time) -> time;
      };
    }
  }

  /// These statements, and those of a base for facts that these say nothing of.
  public Given over(Given base) {
    var both = new LinkedHashMap<>(base.facts);
    both.putAll(facts);
    return new Given(both);
  }

  /// The request at a time of which all this is known, and nothing else.
  public AccessRequest at(Instant time) {
    return new AccessRequest(
        about(Entity.SUBJECT, time),
        about(Entity.AUTHENTICATION, time),
        about(Entity.DEVICE, time),
        about(Entity.CONNECTION, time),
        about(Entity.NETWORK, time),
        about(Entity.RISK, time),
        about(Entity.APP, time),
        about(Entity.REQUEST, time),
        time);
  }

  private Facts about(Entity entity, Instant time) {
    var known = Facts.about(entity, id(entity), 0);
    facts.forEach((fact, stated) -> {
      if (fact.entity() == entity && stated.value().isPresent())
        known.put(
            fact, stated.value().get(), new Evidence(stated.tier(), stated.age().observed(time)));
    });
    return known.build();
  }

  private String id(Entity entity) {
    return facts.entrySet().stream()
        .filter(one -> one.getKey().entity() == entity && one.getKey().name().equals("id"))
        .flatMap(one -> one.getValue().value().stream())
        .map(String::valueOf)
        .findFirst()
        .orElse("");
  }
}
