// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.policy.Entity;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.SettingsPage;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Mentions;
import dev.vigil.policy.rule.Remedy;
import dev.vigil.policy.rule.Requirement;
import dev.vigil.policy.rule.Strength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what a permit or guard requires.
final class RequirementReader {

  private static final Set<String> KEYS =
      Set.of(
          "name",
          "if",
          "level",
          "strength",
          "max_age",
          "transaction",
          "authenticate",
          "fix",
          "open",
          "text");
  private static final int MOST = 200;
  private static final Set<String> AUTHENTICATE_KEYS = Set.of("strength", "max_age", "transaction");

  private final ConditionReader conditions;
  private final Names names;
  private final Report report;

  RequirementReader(ConditionReader conditions, Names names, Report report) {
    this.conditions = conditions;
    this.names = names;
    this.report = report;
  }

  /// The requirements below `require:`; those with problems are left out, the problems reported.
  List<Requirement> read(Fields rule) {
    var found = rule.find("require");
    if (found.isEmpty()) return List.of();
    if (!(found.get() instanceof Yaml.Items(List<Yaml> items, Place ignored))) {
      report.problem(
          found.get().place(),
          "`require` is " + found.get().kind(),
          "it takes a list of requirements",
          "begin each requirement with `- `");
      return List.of();
    }
    if (items.size() > MOST) {
      report.problem(
          found.get().place(),
          "`require` has " + items.size() + " requirements",
          "the most is " + MOST,
          "join conditions with `&&`");
      return List.of();
    }
    var requirements = new ArrayList<Requirement>();
    var taken = new HashSet<String>();
    for (var item : items) {
      var fields =
          Fields.of(
              item,
              "a requirement",
              KEYS,
              Map.of("when", "say `if`", "who", "say `if`", "condition", "say `if`"),
              report);
      requirement(fields, taken).ifPresent(requirements::add);
    }
    return requirements;
  }

  private Optional<Requirement> requirement(Fields fields, Set<String> taken) {
    boolean session = fields.has("strength") || fields.has("max_age") || fields.has("transaction");
    int kinds = (fields.has("if") ? 1 : 0) + (fields.has("level") ? 1 : 0) + (session ? 1 : 0);
    if (kinds != 1) {
      report.problem(
          fields.place(),
          kinds == 0 ? "a requirement says nothing" : "a requirement says several things",
          "it is one of `if`, `level`, or `strength` with `max_age` and `transaction`",
          "write one requirement for each");
      return Optional.empty();
    }
    var name = name(fields, taken);
    var text = fields.wording("text");
    var read = session ? session(fields) : condition(fields);
    if (read.isPresent() && !(read.get().remedy instanceof Remedy.Nothing) && !fields.has("text")) {
      report.problem(
          fields.place(),
          "a requirement that can be met has no `text`",
          "the person must be told what to do",
          "write a sentence for them, as in `text: Update the system in the settings.`");
    }
    return read.map(r -> new Requirement(name, r.condition, r.remedy, text, r.written));
  }

  private record Half(Condition condition, Remedy remedy, String written) {}

  private String name(Fields fields, Set<String> taken) {
    var own = fields.name("name");
    if (own.isPresent()) {
      if (!taken.add(own.get()))
        report.problem(
            fields.placeOf("name"),
            "the requirement `" + own.get() + "` is there twice",
            "records could not tell them apart",
            "rename one");
      return own.get();
    }
    var base =
        fields
            .name("fix")
            .or(() -> fields.name("level"))
            .or(() -> fields.name("strength"))
            .orElse(
                fields.has("transaction")
                    ? "transaction"
                    : fields.has("max_age") ? "max-age" : "requirement");
    var name = base;
    for (int i = 2; !taken.add(name); i++) name = base + "-" + i;
    return name;
  }

  private Optional<Half> condition(Fields fields) {
    Optional<Condition> condition;
    String written;
    if (fields.has("if")) {
      var scalar = fields.scalar("if");
      written = scalar.map(s -> s.text().strip()).orElse("");
      condition = scalar.flatMap(s -> conditions.read(s, Purpose.GRANTS));
    } else {
      var scalar = fields.scalar("level");
      written = scalar.map(s -> "level(\"" + s.text() + "\")").orElse("");
      condition = scalar.flatMap(s -> conditions.level(s.text(), s.place(), Purpose.GRANTS));
    }
    var remedy = remedy(fields);
    if (condition.isEmpty() || remedy.isEmpty()) return Optional.empty();
    checkRemedy(condition.get(), remedy.get(), fields);
    return Optional.of(new Half(condition.get(), remedy.get(), written));
  }

  private Optional<Remedy> remedy(Fields fields) {
    if (fields.has("authenticate") && fields.has("fix")) {
      report.problem(
          fields.placeOf("fix"),
          "both `authenticate` and `fix` are there",
          "a requirement is satisfied in one way",
          "split it into two requirements");
      return Optional.empty();
    }
    if (fields.has("fix")) return fields.name("fix").map(code -> fix(code, fields));
    if (fields.has("open"))
      report.problem(
          fields.placeOf("open"),
          "`open` stands without `fix`",
          "it names the page of the phone's settings where the fix is made",
          "add `fix`, or remove `open`");
    if (!fields.has("authenticate")) return Optional.of(new Remedy.Nothing());
    return fields
        .find("authenticate")
        .map(yaml -> Fields.of(yaml, "`authenticate`", AUTHENTICATE_KEYS, Map.of(), report))
        .flatMap(this::authentication)
        .map(Remedy.class::cast);
  }

  private static Remedy fix(String code, Fields fields) {
    var open =
        fields.has("open")
            ? SettingsPage.find(fields.choice("open", SettingsPage.labels()))
            : Optional.<SettingsPage>empty();
    return new Remedy.DeviceFix(code, open);
  }

  private Optional<Remedy.Authentication> authentication(Fields fields) {
    Optional<Strength> strength =
        fields.scalar("strength").flatMap(s -> names.strength(s.text(), s.place()));
    Optional<Duration> age = fields.duration("max_age");
    boolean transaction = fields.has("transaction");
    if (transaction) fields.choice("transaction", List.of("approved"));
    if ((fields.has("strength") && strength.isEmpty()) || (fields.has("max_age") && age.isEmpty()))
      return Optional.empty();
    if (strength.isEmpty() && age.isEmpty() && !transaction) {
      report.problem(
          fields.place(),
          "`authenticate` asks for nothing",
          "a challenge names what it wants",
          "write `strength`, `max_age` or `transaction`");
      return Optional.empty();
    }
    return Optional.of(new Remedy.Authentication(strength, age, transaction));
  }

  private Optional<Half> session(Fields fields) {
    for (var key : List.of("fix", "authenticate")) {
      if (fields.has(key))
        report.problem(
            fields.placeOf(key),
            "`" + key + "` stands beside `strength`, `max_age` or `transaction`",
            "those say already that authenticating satisfies them",
            "remove it");
    }
    return authentication(fields)
        .map(a -> new Half(sessionCondition(a), a, writtenSession(fields)));
  }

  private static Condition sessionCondition(Remedy.Authentication asked) {
    var parts = new ArrayList<Condition>();
    asked.strength().ifPresent(strength -> parts.add(strength.condition()));
    asked.maxAge().ifPresent(age -> parts.add(Strength.within(age)));
    if (asked.transaction())
      parts.add(
          new Condition.Flag(
              FactsSchema.standard().find("authentication.transaction_approved").orElseThrow()));
    return parts.size() == 1 ? parts.getFirst() : new Condition.And(parts);
  }

  private static String writtenSession(Fields fields) {
    var parts = new ArrayList<String>();
    for (var key : List.of("strength", "max_age", "transaction"))
      fields.scalar(key).ifPresent(s -> parts.add(key + ": " + s.text()));
    return String.join(", ", parts);
  }

  private void checkRemedy(Condition condition, Remedy remedy, Fields fields) {
    var entities = Mentions.in(condition).stream().map(dev.vigil.policy.Fact::entity).toList();
    if (remedy instanceof Remedy.DeviceFix && !entities.contains(Entity.DEVICE)) {
      report.problem(
          fields.placeOf("fix"),
          "`fix` cannot satisfy this condition",
          "a fix changes the device, and the condition says nothing about it",
          "remove `fix`, or require something of the device");
    }
    if (remedy instanceof Remedy.Authentication && !entities.contains(Entity.AUTHENTICATION)) {
      report.problem(
          fields.placeOf("authenticate"),
          "`authenticate` cannot satisfy this condition",
          "the condition says nothing about the authentication",
          "remove `authenticate`, or require something of the authentication");
    }
  }
}
