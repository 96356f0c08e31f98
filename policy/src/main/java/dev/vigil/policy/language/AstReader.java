// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.condition.Comparison;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Term;
import dev.vigil.policy.language.Read.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a [Condition] out of a type-checked CEL tree. Whatever the tree may hold that conditions
/// cannot do is a problem here, never a surprise later.
final class AstReader {

  private static final Map<String, Comparison> COMPARISONS =
      Map.of(
          "_==_", Comparison.EQUAL,
          "_!=_", Comparison.NOT_EQUAL,
          "_<_", Comparison.LESS,
          "_<=_", Comparison.LESS_OR_EQUAL,
          "_>_", Comparison.GREATER,
          "_>=_", Comparison.GREATER_OR_EQUAL);
  private static final List<String> TIERS =
      Stream.of(EvidenceTier.values()).map(tier -> tier.name().toLowerCase(Locale.ROOT)).toList();

  private final CelAbstractSyntaxTree ast;
  private final Yaml.Scalar written;
  private final Names names;
  private final ConditionReader conditions;
  private final Report report;
  private final Deque<String> variables = new ArrayDeque<>();
  private final List<Read.EvidenceUse> uses = new ArrayList<>();

  /// Ends the reading of a condition whose problem has been reported.
  static final class Refused extends RuntimeException {
    private Refused() {
      super("reported already", null, false, false);
    }
  }

  AstReader(
      CelAbstractSyntaxTree ast,
      Yaml.Scalar written,
      Names names,
      ConditionReader conditions,
      Report report) {
    this.ast = ast;
    this.written = written;
    this.names = names;
    this.conditions = conditions;
    this.report = report;
  }

  Optional<Read> read() {
    return Optional.of(new Read(condition(ast.getExpr(), Side.POSITIVE), uses));
  }

  private Condition condition(CelExpr e, Side side) {
    return switch (e.getKind()) {
      case CONSTANT -> new Condition.Always(e.constant().booleanValue());
      case IDENT -> new Condition.Flag(fact(e));
      case CALL -> call(e, side);
      case COMPREHENSION -> quantified(e, side);
      case NOT_SET, SELECT, LIST, STRUCT, MAP -> throw unsupported(e);
    };
  }

  private Condition call(CelExpr e, Side side) {
    var args = e.call().args();
    return switch (e.call().function()) {
      case "_&&_" -> new Condition.And(flat(e, "_&&_", side));
      case "_||_" -> new Condition.Or(flat(e, "_||_", side));
      case "!_" -> new Condition.Not(condition(args.getFirst(), side.opposite()));
      case "_?_:_" ->
          new Condition.Choose(
              condition(args.get(0), Side.BOTH),
              condition(args.get(1), side),
              condition(args.get(2), side));
      case "@in" -> member(e);
      case "startsWith" -> text(e, Condition.Text.Part.AT_START);
      case "endsWith" -> text(e, Condition.Text.Part.AT_END);
      case "contains" -> text(e, Condition.Text.Part.ANYWHERE);
      case "known" -> evidence(new Condition.Known(fact(args.getFirst())), "known", e, side);
      case "attested" ->
          evidence(
              new Condition.Tier(fact(args.getFirst()), EvidenceTier.ATTESTED),
              "attested",
              e,
              side);
      case "level" -> level(e, side);
      case "strength" -> named(names.strength(literal(e, 0), place(args.getFirst()))).condition();
      case "in_location" -> inside(e);
      case "during" ->
          new Condition.During(
              literal(e, 0), named(names.window(literal(e, 0), place(args.getFirst()))));
      default -> compare(e, side);
    };
  }

  private List<Condition> flat(CelExpr e, String operator, Side side) {
    if (e.getKind() != Kind.CALL || !e.call().function().equals(operator))
      return List.of(condition(e, side));
    return e.call().args().stream().flatMap(part -> flat(part, operator, side).stream()).toList();
  }

  private Condition evidence(
      Condition.EvidencePredicate predicate, String name, CelExpr e, Side side) {
    uses.add(
        new Read.EvidenceUse(name + "(" + predicate.fact().qualifiedName() + ")", side, place(e)));
    return predicate;
  }

  private Condition level(CelExpr e, Side side) {
    var name = literal(e, 0);
    var place = place(e.call().args().getFirst());
    var read = named(names.level(name, place, conditions::readWithUses));
    for (var use : read.oneOnEachSide()) {
      uses.add(
          new Read.EvidenceUse(
              "level(\"" + name + "\")` with `" + use.predicate(), use.side().within(side), place));
    }
    return new Condition.Named(name, read.condition());
  }

  private Condition inside(CelExpr e) {
    var networks = named(names.location(literal(e, 0), place(e.call().args().getFirst())));
    return new Condition.Inside(
        literal(e, 0), networks, FactsSchema.standard().find("network.address").orElseThrow());
  }

  private static <T> T named(Optional<T> found) {
    return found.orElseThrow(Refused::new);
  }

  private Condition compare(CelExpr e, Side side) {
    var by = COMPARISONS.get(e.call().function());
    if (by == null) throw unsupported(e);
    var left = e.call().args().get(0);
    var right = e.call().args().get(1);
    if (isCall(left, "age")) return age(e, left, by, right, side);
    if (isCall(left, "tier")) return tier(e, left, right, side);
    if (isCall(left, "since")) return since(left, by, right);
    if (isTime(left)) return new Condition.Clock(by, (Instant) constantOf(right));
    if (ast.getTypeOrThrow(left.id()).equals(dev.cel.common.types.SimpleType.BOOL))
      return sameTruth(left, by, right, side);
    var first = term(left);
    var second = term(right);
    allowed(first, second, right);
    allowed(second, first, left);
    return new Condition.Compare(first, by, second);
  }

  private static boolean isCall(CelExpr e, String function) {
    return e.getKind() == Kind.CALL && e.call().function().equals(function);
  }

  private Condition age(CelExpr e, CelExpr age, Comparison by, CelExpr limit, Side side) {
    if (!(term(limit) instanceof Term.Literal(Duration than)))
      throw refused(
          limit,
          "an age is compared with a fact",
          "when a decision ends could not be told",
          "compare it with a constant, as in `age(x) < duration(\"8h\")`");
    var fact = fact(age.call().args().getFirst());
    boolean younger = by == Comparison.LESS;
    var predicate =
        evidence(new Condition.Younger(fact, than), "age", e, younger ? side : side.opposite());
    return younger ? predicate : new Condition.Not(predicate);
  }

  private boolean isTime(CelExpr e) {
    return e.getKind() == Kind.IDENT
        && e.ident().name().equals(CelEnvironment.TIME)
        && !variables.contains(CelEnvironment.TIME);
  }

  private Condition since(CelExpr since, Comparison by, CelExpr limit) {
    var younger =
        new Condition.Since(fact(since.call().args().getFirst()), (Duration) constantOf(limit));
    return by == Comparison.LESS ? younger : new Condition.Not(younger);
  }

  /// What time is compared with.
  private Object constantOf(CelExpr limit) {
    if (term(limit) instanceof Term.Literal(Object constant)) return constant;
    throw refused(
        limit,
        "time is compared with a fact",
        "when a decision ends could not be told",
        "compare it with a constant, as in `duration(\"90d\")`");
  }

  private Condition tier(CelExpr e, CelExpr tier, CelExpr least, Side side) {
    var name = literal(e, 1);
    if (!TIERS.contains(name))
      throw refused(
          least,
          "there is no evidence tier `" + name + "`",
          "tiers are fixed",
          Instead.next(name, TIERS));
    return evidence(
        new Condition.Tier(
            fact(tier.call().args().getFirst()),
            EvidenceTier.valueOf(name.toUpperCase(Locale.ROOT))),
        "tier",
        e,
        side);
  }

  private Condition sameTruth(CelExpr left, Comparison by, CelExpr right, Side side) {
    boolean equal = by == Comparison.EQUAL;
    if (right.getKind() == Kind.CONSTANT) {
      return right.constant().booleanValue() == equal
          ? condition(left, side)
          : new Condition.Not(condition(left, side.opposite()));
    }
    var same = new Condition.Same(condition(left, Side.BOTH), condition(right, Side.BOTH));
    return equal ? same : new Condition.Not(same);
  }

  private Condition member(CelExpr e) {
    var element = e.call().args().get(0);
    var list = e.call().args().get(1);
    var one = term(element);
    var many = term(list);
    if (list.getKind() == Kind.LIST) {
      for (var listed : list.list().elements()) allowed(one, term(listed), listed);
    }
    return new Condition.Member(one, many);
  }

  private Condition text(CelExpr e, Condition.Text.Part where) {
    return new Condition.Text(
        term(e.call().target().orElseThrow()), where, term(e.call().args().getFirst()));
  }

  private Condition quantified(CelExpr e, Side side) {
    var loop = e.comprehension();
    boolean all = loop.accuInit().constant().booleanValue();
    if (variables.size() == Evaluation.deepest())
      throw refused(
          e,
          "`exists` and `all` are nested too deep",
          "at most " + Evaluation.deepest() + " may stand in each other",
          "name a part as a level");
    var list = term(loop.iterRange());
    variables.push(loop.iterVar());
    var body = condition(loop.loopStep().call().args().get(1), side);
    variables.pop();
    return new Condition.Quantified(all, variables.size(), list, body);
  }

  private Term term(CelExpr e) {
    return switch (e.getKind()) {
      case CONSTANT -> new Term.Literal(constant(e));
      case IDENT -> variable(e);
      case LIST -> new Term.Literal(constants(e));
      case CALL -> value(e);
      case NOT_SET, SELECT, STRUCT, MAP, COMPREHENSION -> throw unsupported(e);
    };
  }

  private Object constant(CelExpr e) {
    return switch (e.constant().getKind()) {
      case BOOLEAN_VALUE -> e.constant().booleanValue();
      case INT64_VALUE -> e.constant().int64Value();
      case DOUBLE_VALUE -> e.constant().doubleValue();
      case STRING_VALUE -> e.constant().stringValue();
      case NOT_SET, NULL_VALUE, UINT64_VALUE, BYTES_VALUE, DURATION_VALUE, TIMESTAMP_VALUE ->
          throw unsupported(e);
    };
  }

  private Object constants(CelExpr e) {
    var values = new java.util.LinkedHashSet<Object>();
    for (var element : e.list().elements()) {
      if (!(term(element) instanceof Term.Literal(Object value)))
        throw refused(
            element,
            "this list holds something other than constants",
            "a list is fixed when the policy is loaded",
            "compare with `==` and `||`");
      values.add(value);
    }
    return java.util.Collections.unmodifiableSet(values);
  }

  private Term variable(CelExpr e) {
    int depth = variables.stream().toList().reversed().lastIndexOf(e.ident().name());
    return depth >= 0 ? new Term.Variable(depth) : new Term.Read(fact(e));
  }

  private Term value(CelExpr e) {
    var function = e.call().function();
    if (function.equals("size"))
      return new Term.Size(term(e.call().target().orElseGet(() -> e.call().args().getFirst())));
    if (!Constants.FUNCTIONS.contains(function)) throw unsupported(e);
    var text = literal(e, 0);
    var constant = Constants.parse(function, text);
    if (constant.isEmpty())
      throw refused(
          e.call().args().getFirst(),
          "`" + text + "` is not a " + function,
          "constants are checked when the policy is loaded",
          Constants.help(function));
    return new Term.Literal(constant.get());
  }

  private String literal(CelExpr call, int argument) {
    var e = call.call().args().get(argument);
    if (e.getKind() == Kind.CONSTANT) return e.constant().stringValue();
    throw refused(
        e,
        "`" + call.call().function() + "` takes a text in quotes here",
        "names and constants are settled when the policy is loaded",
        "write it out, as in \"...\"");
  }

  private void allowed(Term read, Term compared, CelExpr at) {
    if (!(read instanceof Term.Read(Fact fact)) || fact.allowed().isEmpty()) return;
    if (!(compared instanceof Term.Literal(Object constant))
        || !(constant instanceof String text)
        || fact.allowed().contains(text)) return;
    throw refused(
        at,
        "`" + fact.qualifiedName() + "` is never `" + text + "`",
        "its values are fixed",
        Instead.next(text, fact.allowed()));
  }

  private Fact fact(CelExpr e) {
    Optional<Fact> fact =
        e.getKind() == Kind.IDENT && !variables.contains(e.ident().name())
            ? names.schema().find(e.ident().name())
            : Optional.empty();
    return fact.orElseThrow(() ->
        refused(
            e,
            "this is not a fact",
            "evidence stands behind facts only",
            "name one, such as `device.rooted`"));
  }

  private Refused unsupported(CelExpr e) {
    return refused(
        e,
        "conditions cannot say this",
        "only comparisons of facts and constants, joined by && || ! and ?:, can be decided and"
            + " proved",
        "say it with comparisons");
  }

  private Refused refused(CelExpr e, String what, String why, String next) {
    report.problem(place(e), what, why, next);
    return new Refused();
  }

  private Place place(CelExpr e) {
    @Nullable Integer offset = ast.getSource().getPositionsMap().get(e.id());
    return offset == null
        ? written.place()
        : written.layout().placeOf(written.text(), pathStart(offset));
  }

  private int pathStart(int offset) {
    int[] points = written.text().codePoints().toArray();
    int at = Math.min(offset, points.length);
    while (at > 0
        && at < points.length
        && (points[at] == '.' || points[at] == '(')
        && Character.isJavaIdentifierPart(points[at - 1])) {
      at--;
      while (at > 0 && Character.isJavaIdentifierPart(points[at - 1])) at--;
    }
    return at;
  }
}
