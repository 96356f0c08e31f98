// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.condition.Network;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.policy.rule.Declared;
import dev.vigil.policy.rule.DeclaredApp;
import dev.vigil.policy.rule.Restrictions;
import dev.vigil.policy.rule.Rule;
import dev.vigil.policy.rule.Rules;
import dev.vigil.policy.rule.Strength;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads a policy: all its sources together, into a set that can decide or a list of everything
/// that is wrong. The order of the sources means nothing but the order of problems.
///
/// A source is a mapping of kinds: `location`, `level`, `strength`, `permit`, `guard` and `forbid`,
/// each a mapping from names. Rules share one space of names; the other kinds have one each.
public final class PolicyReader {

  private static final int MOST_SOURCES = 500;
  private static final int MOST_CHARACTERS = 8 * 1024 * 1024;
  private static final int MOST_RULES = 20_000;
  private static final String ATTRIBUTE = "attribute";
  private static final List<String> KINDS =
      List.of(
          ATTRIBUTE, "app", "location", "window", "level", "strength", "permit", "guard", "forbid");
  private static final Set<String> RULES = Set.of("permit", "guard", "forbid");
  private static final Map<String, String> KIND_HINTS =
      Map.of(
          "levels",
          "say `level`",
          "locations",
          "say `location`",
          "strengths",
          "say `strength`",
          "permits",
          "say `permit`",
          "guards",
          "say `guard`",
          "forbids",
          "say `forbid`",
          "deny",
          "say `forbid`",
          "allow",
          "say `permit`");

  private final List<PolicySource> sources;
  private final Report report = new Report();
  private final Names names = new Names(report);
  private final ConditionReader conditions = new ConditionReader(names, report);
  private final RuleReader ruleReader =
      new RuleReader(conditions, new RequirementReader(conditions, names, report), report);
  private final DeclarationReader declarations = new DeclarationReader(report);
  private final List<DeclaredApp> apps = new ArrayList<>();
  private final Map<String, Map<String, Yaml.Entry>> defined = new LinkedHashMap<>();
  private final Map<String, Place> rulePlaces = new HashMap<>();

  private PolicyReader(List<PolicySource> sources) {
    this.sources = sources;
  }

  /// Reads the sources as the given version of the policy.
  public static Reading read(List<PolicySource> sources, long version) {
    return new PolicyReader(List.copyOf(sources)).read(version);
  }

  private Reading read(long version) {
    long characters = sources.stream().mapToLong(source -> source.text().length()).sum();
    if (sources.size() > MOST_SOURCES)
      return refused("there are " + sources.size() + " files", MOST_SOURCES, "join some");
    if (characters > MOST_CHARACTERS)
      return refused(
          "the files have " + characters + " characters together",
          MOST_CHARACTERS,
          "remove what is not needed");
    for (var source : sources) YamlReader.read(source, report).ifPresent(this::collect);
    if (rulePlaces.size() > MOST_RULES)
      return refused(
          "there are " + rulePlaces.size() + " rules", MOST_RULES, "let rules cover more each");
    defineNames();
    names.readLevels(conditions::readWithUses);
    var rules = rules();
    if (report.clean()) checkConflicts(rules);
    if (!report.clean()) return new Reading.Rejected(report.problems(sources));
    warn(rules);
    return new Reading.Loaded(new CompiledPolicySet(rules, version), report.warnings());
  }

  private Reading refused(String what, int most, String next) {
    report.problem(new Place(sources.getLast().name(), 1, 1), what, "the most is " + most, next);
    return new Reading.Rejected(report.problems(sources));
  }

  private void collect(Yaml source) {
    for (var kind : KINDS) defined.computeIfAbsent(kind, k -> new LinkedHashMap<>());
    var fields = Fields.of(source, "a policy file", Set.copyOf(KINDS), KIND_HINTS, report);
    for (var kind : KINDS) fields.find(kind).ifPresent(body -> collect(kind, body));
  }

  private void collect(String kind, Yaml body) {
    if (!(body instanceof Yaml.Mapping(List<Yaml.Entry> entries, Place ignored))) {
      report.problem(
          body.place(),
          "`" + kind + "` is " + body.kind(),
          "it maps names to what they stand for",
          "write a name and a colon below it, as in `my-" + kind + ":`");
      return;
    }
    for (var entry : entries) {
      if (!kind.equals(ATTRIBUTE) && !Fields.isName(entry.key(), "the name of a " + kind, report))
        continue;
      var name = entry.key().text();
      var before =
          RULES.contains(kind)
              ? Optional.ofNullable(rulePlaces.putIfAbsent(name, entry.key().place()))
              : Optional.ofNullable(of(kind).get(name)).map(e -> e.key().place());
      if (before.isPresent())
        report.problem(
            entry.key().place(),
            "`" + name + "` is defined twice",
            "it stands at " + before.get() + " already",
            "rename one");
      else of(kind).put(name, entry);
    }
  }

  private Map<String, Yaml.Entry> of(String kind) {
    return defined.getOrDefault(kind, new LinkedHashMap<>());
  }

  private Place place(String kind, String name) {
    var entry = of(kind).get(name);
    return entry == null ? new Place("", 1, 1) : entry.key().place();
  }

  private void defineNames() {
    names.attributes(
        of(ATTRIBUTE).values().stream().flatMap(e -> declarations.attribute(e).stream()).toList());
    of("app").values().forEach(entry -> declarations.app(entry).ifPresent(apps::add));
    var windows = new WindowReader(report);
    of("window")
        .forEach((name, entry) ->
            windows.read(entry.value()).ifPresent(window -> names.window(name, window)));
    of("location").forEach((name, entry) -> names.location(name, networks(entry.value())));
    of("strength")
        .forEach((name, entry) -> strength(name, entry.value()).ifPresent(names::strength));
    of("level")
        .forEach((name, entry) ->
            Fields.asScalar(entry.value(), "a level", report)
                .ifPresent(condition -> names.level(name, condition)));
  }

  private List<Network> networks(Yaml body) {
    var networks = new ArrayList<Network>();
    for (var text : Fields.asTexts(body, "a location", report)) {
      try {
        networks.add(Network.parse(text.text()));
      } catch (IllegalArgumentException e) {
        report.problem(
            text.place(),
            Optional.ofNullable(e.getMessage()).orElse(""),
            "a location is a list of networks",
            "write networks like `10.0.0.0/8` or `2001:db8::/32`");
      }
    }
    return networks;
  }

  private Optional<Strength> strength(String name, Yaml body) {
    var values = FactsSchema.standard().find("authentication.strength").orElseThrow().allowed();
    var flags =
        FactsSchema.standard().all().stream()
            .filter(f ->
                f.type() == FactType.BOOLEAN
                    && Set.of("user_verified", "phishing_resistant", "biometric")
                        .contains(f.name()))
            .toList();
    var known = flags.stream().map(Fact::name).collect(Collectors.toSet());
    known.addAll(Set.of("any_of", "methods"));
    var fields = Fields.of(body, "a strength", known, Map.of(), report);
    if (fields.require("any_of", "[passkey]").isEmpty()) return Optional.empty();
    var ways = fields.choices("any_of", values);
    if (ways.contains("none"))
      report.problem(
          fields.placeOf("any_of"),
          "a strength counts `none`",
          "no authentication is not an authentication",
          "remove `none`");
    var wanted = flags.stream().filter(f -> fields.isTrue(f.name())).collect(Collectors.toSet());
    var methods =
        fields.texts("methods").stream().map(Yaml.Scalar::text).collect(Collectors.toSet());
    return ways.isEmpty()
        ? Optional.empty()
        : Optional.of(new Strength(name, ways, methods, wanted));
  }

  private Rules rules() {
    var permits = new ArrayList<Rule.Permit>();
    var guards = new ArrayList<Rule.Guard>();
    var forbids = new ArrayList<Rule.Forbid>();
    of("permit")
        .forEach((name, entry) -> ruleReader.permit(name, entry.value()).ifPresent(permits::add));
    of("guard")
        .forEach((name, entry) -> ruleReader.guard(name, entry.value()).ifPresent(guards::add));
    of("forbid")
        .forEach((name, entry) -> ruleReader.forbid(name, entry.value()).ifPresent(forbids::add));
    return new Rules(
        permits,
        guards,
        forbids,
        List.copyOf(names.strengths()),
        new Declared(names.schema(), apps));
  }

  /// Most rules of a large set restrict nothing and can contradict nobody.
  private void checkConflicts(Rules rules) {
    var permits = rules.permits().stream().filter(rule -> rule.restrictions().restricts()).toList();
    var guards = rules.guards().stream().filter(rule -> rule.restrictions().restricts()).toList();
    for (int i = 0; i < guards.size(); i++) {
      var guard = guards.get(i);
      for (var permit : permits)
        checkConflict(guard, guard.restrictions(), permit, permit.restrictions());
      for (var other : guards.subList(0, i))
        checkConflict(guard, guard.restrictions(), other, other.restrictions());
    }
  }

  private void checkConflict(Rule one, Obligations first, Rule two, Obligations second) {
    if (!one.apps().mayOverlap(two.apps()) || Restrictions.both(first, second).isPresent()) return;
    report.problem(
        rulePlaces.getOrDefault(one.name(), place("guard", one.name())),
        "`" + one.name() + "` and `" + two.name() + "` together leave nothing to do",
        "their `restrict` has no method in common",
        "let them share a method, or make them about different apps");
  }

  private void warn(Rules rules) {
    if (rules.permits().stream().noneMatch(permit -> permit.mode() == Rule.Mode.ENFORCE)) {
      report.warning(
          new Place(sources.isEmpty() ? "" : sources.getFirst().name(), 1, 1),
          "no permit is enforced: everything is denied");
    }
    warnOfUndeclaredApps(rules);
    for (var kind : List.of("location", "window", "level", "strength")) {
      of(kind)
          .forEach((name, entry) -> {
            if (!names.isUsed(kind, name))
              report.warning(entry.key().place(), kind + " `" + name + "` is never used");
          });
    }
  }

  /// Once a policy declares apps, a rule about another is likely a slip of the pen.
  private void warnOfUndeclaredApps(Rules rules) {
    if (apps.isEmpty()) return;
    var declared = apps.stream().map(app -> app.id().value()).toList();
    for (var rule : rules.all()) {
      rule.apps().ids().stream()
          .filter(id -> !declared.contains(id))
          .sorted()
          .forEach(id ->
              report.warning(
                  rulePlaces.getOrDefault(rule.name(), new Place("", 1, 1)),
                  "`" + rule.name() + "` is about the app `" + id + "`, which is not declared"));
    }
  }
}
