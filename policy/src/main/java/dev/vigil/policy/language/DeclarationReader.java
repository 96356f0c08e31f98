// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.kernel.AppId;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.rule.DeclaredApp;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads what a policy declares beside rules: attributes and apps.
final class DeclarationReader {

  /// How an attribute may be called; the name stands in conditions.
  static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private static final Set<String> ATTRIBUTE_KEYS =
      Set.of("of", "type", "unit", "allowed", "description");
  private static final Set<String> APP_KEYS =
      Set.of("sensitivity", "tags", "host", "upstream", "description");
  private static final List<String> ENTITIES = List.of("subject", "device", "app", "request");
  private static final List<String> TYPES =
      Stream.of(FactType.values()).map(type -> type.name().toLowerCase(Locale.ROOT)).toList();
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,62}");
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private final Report report;

  DeclarationReader(Report report) {
    this.report = report;
  }

  Optional<Fact> attribute(Yaml.Entry entry) {
    var name = entry.key();
    if (!ATTRIBUTE.matcher(name.text()).matches()) {
      report.problem(
          name.place(),
          "an attribute cannot be called `" + name.text() + "`",
          "a name is 1 to 63 of a-z, 0-9 and _, starting with a letter",
          "choose such a name");
      return Optional.empty();
    }
    var fields = Fields.of(entry.value(), "an attribute", ATTRIBUTE_KEYS, Map.of(), report);
    if (fields.require("of", "subject").isEmpty() || fields.require("type", "string").isEmpty())
      return Optional.empty();
    var of = fields.choice("of", ENTITIES);
    var type = FactType.valueOf(fields.choice("type", TYPES).toUpperCase(Locale.ROOT));
    var meaning =
        new Fact.Meaning(
            fields.sentence("unit"), allowed(fields, type), fields.sentence("description"));
    return Optional.of(
        Fact.attribute(Entity.valueOf(of.toUpperCase(Locale.ROOT)), name.text(), type, meaning));
  }

  private Set<String> allowed(Fields fields, FactType type) {
    if (!fields.has("allowed")) return Set.of();
    if (type != FactType.STRING)
      report.problem(
          fields.placeOf("allowed"),
          "`allowed` stands beside the type `" + type.name().toLowerCase(Locale.ROOT) + "`",
          "only a string has a list of values",
          "remove `allowed`");
    var values = new LinkedHashSet<String>();
    fields.texts("allowed").forEach(text -> values.add(text.text()));
    return values;
  }

  Optional<DeclaredApp> app(Yaml.Entry entry) {
    var name = entry.key().text();
    var fields = Fields.of(entry.value(), "an app", APP_KEYS, Map.of(), report);
    var sensitivities = FactsSchema.standard().find("app.sensitivity").orElseThrow().allowed();
    fields.sentence("description");
    var sensitivity =
        fields.has("sensitivity")
            ? Optional.of(fields.choice("sensitivity", sensitivities.stream().sorted().toList()))
            : Optional.<String>empty();
    return Optional.of(
        new DeclaredApp(
            new AppId(name),
            sensitivity,
            fields.words("tags", TAG, "a tag"),
            host(fields),
            upstream(fields)));
  }

  private Optional<String> host(Fields fields) {
    var written = fields.scalar("host");
    if (written.isEmpty()) return Optional.empty();
    if (HOST.matcher(written.get().text()).matches() && written.get().text().length() <= 253)
      return written.map(Yaml.Scalar::text);
    report.problem(
        written.get().place(),
        "`" + written.get().text() + "` is not the name of a host",
        "phones reach the app by a name in lower case, without a port",
        "write it like `payroll.bank.example`");
    return Optional.empty();
  }

  private Optional<URI> upstream(Fields fields) {
    var written = fields.scalar("upstream");
    if (written.isEmpty()) return Optional.empty();
    try {
      var uri = new URI(written.get().text());
      if (uri.getHost() != null
          && uri.getScheme() != null
          && Set.of("http", "https").contains(uri.getScheme())) return Optional.of(uri);
    } catch (URISyntaxException e) {
      // said below
    }
    report.problem(
        written.get().place(),
        "`" + written.get().text() + "` is not where an app could be",
        "an upstream is an http or https address with a host",
        "write it like `https://127.0.0.1:8443`");
    return Optional.empty();
  }
}
