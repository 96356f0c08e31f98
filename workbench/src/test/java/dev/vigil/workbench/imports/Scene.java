// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

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
import dev.vigil.policy.rule.CompiledPolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request under construction, and what imports come to.
final class Scene {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final Map<String, Object> values = new TreeMap<>();
  private Duration signedIn = Duration.ofMinutes(1);

  /// Anna, an employee in the group `everyone`, signed in with a passkey a minute ago on her
  /// iPhone.
  static Scene anna() {
    return new Scene()
        .with("subject.id", "anna")
        .with("subject.population", "employee")
        .with("subject.groups", List.of("everyone"))
        .with("subject.roles", List.of())
        .with("authentication.strength", "passkey")
        .with("authentication.user_verified", true)
        .with("authentication.phishing_resistant", true)
        .with("device.platform", "ios")
        .with("device.compliant", true)
        .with("device.corporate", true)
        .with("device.managed", true)
        .with("device.model", "iPhone 17")
        .with("device.os_version", "26.1")
        .with("connection.binding", "certificate")
        .with("network.address", "192.0.2.7")
        .with("network.country", "NL")
        .with("risk.session", "none")
        .with("risk.subject", "none")
        .with("app.id", "mail")
        .with("app.tags", List.of("app-1"));
  }

  Scene with(String fact, Object value) {
    values.put(
        fact,
        switch (FactsSchema.standard().find(fact).orElseThrow().type()) {
          case VERSION -> Version.parse((String) value);
          case ADDRESS -> IpAddress.parse((String) value);
          case BOOLEAN, STRING, INTEGER, DECIMAL, STRINGS, DATE, TIMESTAMP, DURATION -> value;
        });
    return this;
  }

  Scene in(String... groups) {
    var all = new ArrayList<>(List.of("everyone"));
    all.addAll(Arrays.asList(groups));
    return with("subject.groups", all);
  }

  Scene without(String fact) {
    values.remove(fact);
    return this;
  }

  Scene withoutMfa() {
    return with("authentication.user_verified", false);
  }

  Scene signedIn(Duration ago) {
    signedIn = ago;
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
    var behind = new Evidence(EvidenceTier.OBSERVED, NOW.minus(signedIn));
    values.forEach((name, value) -> {
      if (name.startsWith(entity.prefix() + ".")) facts.put(name, value, behind);
    });
    return facts.build();
  }

  static Imported entra(String... documents) {
    return imported(Origin.ENTRA, Optional.empty(), documents);
  }

  static Imported google(String... documents) {
    return imported(Origin.GOOGLE, Optional.empty(), documents);
  }

  static Imported imported(Origin origin, Optional<String> names, String... documents) {
    var importing = run(origin, names, documents);
    assertThat(importing).isInstanceOf(Importing.Done.class);
    return ((Importing.Done) importing).imported();
  }

  static Importing run(Origin origin, Optional<String> names, String... documents) {
    var files = new ArrayList<SourceFile>();
    for (int i = 0; i < documents.length; i++)
      files.add(SourceFile.of("export-" + i + ".json", documents[i]));
    return Import.run(
        origin,
        files,
        new Import.Wishes(
            names.map(text -> SourceFile.of("names.yaml", text)), List.of("everyone")));
  }

  static CompiledPolicySet set(Imported imported) {
    return set(imported, "");
  }

  /// What was imported, with a policy beside it.
  static CompiledPolicySet set(Imported imported, String beside) {
    var sources = new ArrayList<PolicySource>();
    imported.files().forEach((name, text) -> sources.add(new PolicySource(name, text)));
    sources.add(new PolicySource("beside.yaml", beside));
    var reading = PolicyReader.read(sources, 1);
    assertThat(reading).isInstanceOf(Reading.Loaded.class);
    return ((Reading.Loaded) reading).set();
  }

  static Item only(Imported imported) {
    assertThat(imported.items()).hasSize(1);
    return imported.items().getFirst();
  }
}
