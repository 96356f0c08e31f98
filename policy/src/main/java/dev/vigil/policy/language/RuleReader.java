// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.rule.AppScope;
import dev.vigil.policy.rule.Restrictions;
import dev.vigil.policy.rule.Rule;
import dev.vigil.policy.rule.Rule.Mode;
import dev.vigil.policy.rule.Rule.Unknown;
import dev.vigil.policy.rule.Rule.Written;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads permits, guards and forbids.
final class RuleReader {

  private static final Set<String> PERMIT_KEYS =
      Set.of("app", "who", "require", "restrict", "mode", "rollout", "description");
  private static final Set<String> GUARD_KEYS =
      Set.of(
          "app", "when", "require", "restrict", "mode", "when_unknown", "rollout", "description");
  private static final Set<String> FORBID_KEYS =
      Set.of("app", "when", "mode", "when_unknown", "rollout", "description");
  private static final Map<String, String> PERMIT_HINTS =
      Map.of(
          "when",
          "a permit says `who`",
          "if",
          "a permit says `who`",
          "when_unknown",
          "an unknown `who` never matches; only guards and forbids take `when_unknown`",
          "text",
          "write `text` with the requirement it explains");
  private static final Map<String, String> GUARD_HINTS =
      Map.of(
          "who",
          "a guard says `when`",
          "if",
          "a guard says `when`",
          "text",
          "write `text` with the requirement it explains");
  private static final Map<String, String> FORBID_HINTS =
      Map.of(
          "who",
          "a forbid says `when`",
          "if",
          "a forbid says `when`",
          "text",
          "a denial tells the person nothing; write `description` for administrators",
          "require",
          "a forbid ends the matter; use a guard",
          "restrict",
          "a forbid ends the matter; use a guard");
  private static final Pattern SHARE = Pattern.compile("\\d{1,3}(\\.\\d{1,2})?%");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,62}");

  private final ConditionReader conditions;
  private final RequirementReader requirements;
  private final Report report;

  RuleReader(ConditionReader conditions, RequirementReader requirements, Report report) {
    this.conditions = conditions;
    this.requirements = requirements;
    this.report = report;
  }

  Optional<Rule.Permit> permit(String name, Yaml body) {
    var fields = Fields.of(body, "a permit", PERMIT_KEYS, PERMIT_HINTS, report);
    var apps = apps(fields);
    fields.require("who", "subject.population == \"employee\"");
    var who = written(fields, "who", name, Purpose.GRANTS);
    var required = requirements.read(fields);
    var restrictions = restrictions(fields);
    var mode = mode(fields);
    fields.sentence("description");
    if (apps.isEmpty() || who.isEmpty()) return Optional.empty();
    return Optional.of(new Rule.Permit(name, mode, apps.get(), who.get(), required, restrictions));
  }

  Optional<Rule.Guard> guard(String name, Yaml body) {
    var fields = Fields.of(body, "a guard", GUARD_KEYS, GUARD_HINTS, report);
    var apps = apps(fields);
    var when = written(fields, "when", name, Purpose.LIMITS);
    var required = requirements.read(fields);
    var restrictions = restrictions(fields);
    var mode = mode(fields);
    var unknown = unknown(fields, name);
    fields.sentence("description");
    if (!fields.has("require") && !fields.has("restrict"))
      report.problem(
          fields.place(),
          "a guard neither requires nor restricts anything",
          "it would do nothing",
          "write `require` or `restrict`");
    if (apps.isEmpty() || when.isEmpty()) return Optional.empty();
    return Optional.of(
        new Rule.Guard(name, mode, apps.get(), when.get(), unknown, required, restrictions));
  }

  Optional<Rule.Forbid> forbid(String name, Yaml body) {
    var fields = Fields.of(body, "a forbid", FORBID_KEYS, FORBID_HINTS, report);
    var apps = apps(fields);
    fields.require("when", "in_location(\"embargoed\")");
    var when = written(fields, "when", name, Purpose.LIMITS);
    var mode = mode(fields);
    var unknown = unknown(fields, name);
    fields.sentence("description");
    if (apps.isEmpty() || when.isEmpty()) return Optional.empty();
    return Optional.of(new Rule.Forbid(name, mode, apps.get(), when.get(), unknown));
  }

  private Optional<Written> written(Fields fields, String key, String rule, Purpose purpose) {
    var share = share(fields);
    Optional<Written> written =
        fields.has(key)
            ? fields
                .scalar(key)
                .flatMap(
                    s -> conditions.read(s, purpose).map(c -> new Written(s.text().strip(), c)))
            : Optional.of(new Written("true", new Condition.Always(true)));
    if (share.isEmpty()) return written;
    var cohort =
        new Condition.Cohort(
            rule, share.get(), FactsSchema.standard().find("subject.id").orElseThrow());
    return written.map(w ->
        new Written(w.text() + " [rollout]", new Condition.And(List.of(cohort, w.condition()))));
  }

  private Optional<Integer> share(Fields fields) {
    var written = fields.scalar("rollout");
    if (written.isEmpty()) return Optional.empty();
    var text = written.get().text();
    if (SHARE.matcher(text).matches()) {
      int share =
          new BigDecimal(text.substring(0, text.length() - 1)).movePointRight(2).intValueExact();
      if (share > 0 && share <= 10_000) return Optional.of(share);
    }
    report.problem(
        written.get().place(),
        "`rollout` cannot be `" + text + "`",
        "it is a share of all subjects",
        "write a percentage above 0 and up to 100, as in `10%`");
    return Optional.empty();
  }

  private Mode mode(Fields fields) {
    return fields.choice("mode", List.of("enforce", "report")).equals("report")
        ? Mode.REPORT
        : Mode.ENFORCE;
  }

  private Unknown unknown(Fields fields, String name) {
    if (!fields.has("when_unknown")) return Unknown.MATCHES;
    boolean skips = fields.choice("when_unknown", List.of("match", "skip")).equals("skip");
    if (skips)
      report.warning(
          fields.placeOf("when_unknown"),
          "`" + name + "` is skipped when its condition is unknown: knowing less may grant more");
    return skips ? Unknown.SKIPS : Unknown.MATCHES;
  }

  private Optional<AppScope> apps(Fields fields) {
    var written = fields.require("app", "payments");
    if (written.isEmpty()) return Optional.empty();
    if (written.get() instanceof Yaml.Mapping mapping) return Optional.of(scope(mapping));
    if (written.get() instanceof Yaml.Scalar any && any.text().equals("any"))
      return Optional.of(AppScope.ANY);
    return ids(fields, "app").map(ids -> new AppScope(ids, Set.of(), Set.of()));
  }

  private Optional<Set<String>> ids(Fields fields, String key) {
    var ids = new LinkedHashSet<String>();
    boolean sound = true;
    for (var id : fields.texts(key)) {
      if (Fields.isName(id, "an app", report)) ids.add(id.text());
      else sound = false;
    }
    return sound && !ids.isEmpty() ? Optional.of(ids) : Optional.empty();
  }

  private AppScope scope(Yaml.Mapping mapping) {
    var fields =
        Fields.of(
            mapping,
            "`app`",
            Set.of("id", "tag", "sensitivity"),
            Map.of(
                "tags", "say `tag`; it takes a list too", "ids", "say `id`; it takes a list too"),
            report);
    var sensitivities = FactsSchema.standard().find("app.sensitivity").orElseThrow().allowed();
    var ids = fields.has("id") ? ids(fields, "id").orElse(Set.of()) : Set.<String>of();
    if (mapping.entries().isEmpty())
      report.problem(
          mapping.place(),
          "`app` names nothing",
          "nobody could tell which apps are meant",
          "name apps, tags or sensitivities, or write `app: any`");
    return new AppScope(
        ids,
        fields.words("tag", TAG, "a tag"),
        new LinkedHashSet<>(fields.choices("sensitivity", sensitivities)));
  }

  private Obligations restrictions(Fields rule) {
    var written = rule.find("restrict");
    if (written.isEmpty()) return Obligations.NONE;
    var fields =
        Fields.of(
            written.get(),
            "`restrict`",
            Set.of("read_only", "no_download", "maximum_age", "methods", "recheck"),
            Map.of(
                "max_age",
                "say `maximum_age` for how long a connection may last; `max_age` of an"
                    + " authentication is a requirement"),
            report);
    var restrictions =
        new Obligations(
            fields.isTrue("read_only"),
            fields.isTrue("no_download"),
            fields.duration("maximum_age"),
            fields.methods("methods"),
            fields.duration("recheck"));
    if (!Restrictions.leaveSomething(restrictions))
      report.problem(
          fields.place(),
          "`read_only` and `methods` leave nothing to do",
          "read only allows GET, HEAD, OPTIONS and TRACE",
          "add one of them to `methods` or remove `read_only`");
    return restrictions;
  }
}
