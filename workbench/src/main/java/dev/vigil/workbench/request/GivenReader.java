// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.request;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import dev.vigil.workbench.document.Keys;
import dev.vigil.workbench.document.Node;
import dev.vigil.workbench.document.Report;
import dev.vigil.workbench.request.Given.Age;
import dev.vigil.workbench.request.Given.Stated;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads what a mapping states of facts: by qualified name below `facts`, or by entity, as in
/// `device: {rooted: true}`. A value is bare, or a mapping of `value`, `tier`, and `observed` or
/// `age`.
public final class GivenReader {

  /// The keys that state facts.
  public static final List<String> KEYS =
      Stream.concat(Stream.of("facts"), Arrays.stream(Entity.values()).map(Entity::prefix))
          .toList();

  private static final List<String> EVIDENCE = List.of("value", "tier", "observed", "age");
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
  private static final Duration LONGEST_AGE = Duration.ofDays(36_600);

  private final FactsSchema schema;
  private final Report report;
  private final ValueReader values;

  /// @param schema the facts there are
  public GivenReader(FactsSchema schema, Report report) {
    this.schema = schema;
    this.report = report;
    this.values = new ValueReader(report);
  }

  /// What the keys state; keys that state no facts are left to the caller.
  public Given read(Keys keys) {
    var stated = new LinkedHashMap<Fact, Stated>();
    keys.find("facts").ifPresent(node -> facts("", node, stated));
    for (var entity : Entity.values())
      keys.find(entity.prefix()).ifPresent(node -> entity(entity, node, stated));
    return new Given(stated);
  }

  private void entity(Entity entity, Node node, Map<Fact, Stated> stated) {
    if (node instanceof Node.Scalar scalar && scalar.isNothing())
      schema.of(entity).forEach(fact -> stated.put(fact, Stated.UNKNOWN));
    else facts(entity.prefix() + ".", node, stated);
  }

  private void facts(String prefix, Node node, Map<Fact, Stated> stated) {
    var title = prefix.isEmpty() ? "`facts`" : "`" + prefix.substring(0, prefix.length() - 1) + "`";
    for (var entry : Keys.any(node, title, report).entries()) {
      var name = prefix + entry.key().text();
      var fact = schema.find(name);
      if (fact.isPresent()) fact(fact.get(), entry, stated);
      else if (entry.value() instanceof Node.Mapping && isPrefix(name + "."))
        facts(name + ".", entry.value(), stated);
      else
        report.problem(
            entry.key().place(),
            "there is no fact `" + name + "`",
            "the facts schema does not declare it",
            report.instead(name, schema.all().stream().map(Fact::qualifiedName).toList()));
    }
  }

  private boolean isPrefix(String name) {
    return schema.all().stream().anyMatch(fact -> fact.qualifiedName().startsWith(name));
  }

  private void fact(Fact fact, Node.Entry entry, Map<Fact, Stated> stated) {
    if (stated.containsKey(fact))
      report.problem(
          entry.key().place(),
          "`" + fact.qualifiedName() + "` is stated twice",
          "only one could count",
          "remove one");
    var one =
        entry.value() instanceof Node.Mapping mapping
            ? spelledOut(fact, mapping)
            : bare(fact, entry.value());
    one.ifPresent(value -> stated.put(fact, value));
  }

  private Optional<Stated> bare(Fact fact, Node node) {
    if (node instanceof Node.Scalar scalar && scalar.isNothing())
      return Optional.of(Stated.UNKNOWN);
    return values
        .read(fact, node)
        .map(value ->
            new Stated(Optional.of(value), EvidenceTier.OBSERVED, new Age.Ago(Duration.ZERO)));
  }

  private Optional<Stated> spelledOut(Fact fact, Node.Mapping node) {
    var title = "`" + fact.qualifiedName() + "`";
    var keys = Keys.of(node, title, EVIDENCE, report);
    var value = keys.require("value", "value: ...").flatMap(written -> values.read(fact, written));
    var tier = keys.text("tier").map(this::tier).orElse(EvidenceTier.OBSERVED);
    if (keys.has("observed") && keys.has("age"))
      report.problem(
          keys.place(), title + " has `observed` and `age`", "only one could count", "remove one");
    var age =
        keys.has("observed")
            ? keys.text("observed").flatMap(this::time).<Age>map(Age.At::new)
            : keys.has("age")
                ? keys.text("age").flatMap(this::age)
                : Optional.<Age>of(new Age.Ago(Duration.ZERO));
    if (value.isEmpty() || age.isEmpty()) return Optional.empty();
    return Optional.of(new Stated(value, tier, age.get()));
  }

  private EvidenceTier tier(Node.Scalar written) {
    for (var tier : EvidenceTier.values()) if (label(tier).equals(written.text())) return tier;
    report.problem(
        written.place(),
        "there is no evidence tier `" + written.text() + "`",
        "evidence is worth one of four tiers",
        report.instead(
            written.text(), Arrays.stream(EvidenceTier.values()).map(GivenReader::label).toList()));
    return EvidenceTier.OBSERVED;
  }

  static String label(EvidenceTier tier) {
    return tier.name().toLowerCase(Locale.ROOT);
  }

  private Optional<Age> age(Node.Scalar written) {
    var age = FactText.duration(written.text()).filter(one -> one.compareTo(LONGEST_AGE) <= 0);
    if (age.isEmpty())
      report.problem(
          written.place(),
          "`" + written.text() + "` is not an age",
          "an age is a duration of at most 36600d",
          "write it like `8h`, `30d` or `1h30m`");
    return age.map(Age.Ago::new);
  }

  /// A time of the years 1900 to 9999; reports any other.
  public Optional<Instant> time(Node.Scalar written) {
    try {
      var time = Instant.parse(written.text());
      if (time.isAfter(EARLIEST) && time.isBefore(LATEST)) return Optional.of(time);
    } catch (DateTimeException e) {
      // Reported below, with every other text that is not such a time.
    }
    report.problem(
        written.place(),
        "`" + written.text() + "` is not a time",
        "a time is in UTC, of the years 1900 to 9999",
        "write it like `2026-06-01T09:00:00Z`");
    return Optional.empty();
  }
}
