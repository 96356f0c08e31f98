// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Fact;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Network;
import dev.vigil.policy.condition.Truth;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Conditions as two booleans each, exactly as [Condition#truth] has them. A condition that has a
/// name of its own is defined once, however often it is used.
final class ConditionInSmt {

  /// Evidence observed later than this is young for ever, as in the engine.
  private static final BigInteger LATEST =
      Carrier.nanos(
          Instant.ofEpochSecond(
              Instant.MAX.getEpochSecond() - Duration.ofDays(100_000).toSeconds() + 1));

  private final Vocabulary vocabulary;
  private final TermInSmt terms;
  private final StringBuilder script;
  private final IdentityHashMap<Condition, Three> defined = new IdentityHashMap<>();

  /// @param script where definitions are written
  ConditionInSmt(Vocabulary vocabulary, StringBuilder script) {
    this.vocabulary = vocabulary;
    this.terms = new TermInSmt(vocabulary);
    this.script = script;
  }

  /// The condition, defined once.
  ///
  /// @throws Outside.Reached if it cannot be said exactly
  Three of(Condition condition) {
    var before = defined.get(condition);
    if (before != null) return before;
    var said = say(condition, Scope.NONE);
    var three = define("c" + defined.size(), said);
    defined.put(condition, three);
    return three;
  }

  private Three define(String name, Three three) {
    return new Three(
        define(name + ".true", three.isTrue()), define(name + ".false", three.isFalse()));
  }

  private String define(String name, String term) {
    if (term.equals(Smt.TRUE) || term.equals(Smt.FALSE)) return term;
    script.append("(define-fun ").append(name).append(" () Bool ").append(term).append(")\n");
    return name;
  }

  private Three say(Condition condition, Scope scope) {
    return switch (condition) {
      case Condition.Always always -> Three.of(Truth.of(always.value()));
      case Condition.And and -> Three.all(each(and.all(), scope));
      case Condition.Or or -> Three.any(each(or.any(), scope));
      case Condition.Not not -> say(not.of(), scope).not();
      case Condition.Choose choose ->
          say(choose.when(), scope)
              .choose(say(choose.then(), scope), say(choose.otherwise(), scope));
      case Condition.Same same -> say(same.left(), scope).sameAs(say(same.right(), scope));
      case Condition.Flag flag -> terms.flag(flag.fact());
      case Condition.Compare compare -> terms.compare(compare, scope);
      case Condition.Member member -> terms.member(member, scope);
      case Condition.Text text -> terms.text(text, scope);
      case Condition.Quantified quantifier -> quantified(quantifier, scope);
      case Condition.Inside inside -> inside(inside);
      case Condition.Cohort cohort -> cohort(cohort);
      case Condition.During during -> certain(Symbols.inside(vocabulary.number(during.window())));
      case Condition.Clock clock -> certain(clock(clock));
      case Condition.Since since -> since(since);
      case Condition.Named named -> named(named, scope);
      case Condition.Known known -> certain(Symbols.known(known.fact()));
      case Condition.Tier tier ->
          certain(
              Smt.and(
                  Symbols.known(tier.fact()),
                  Smt.call(
                      "<=", Smt.number(Symbols.rank(tier.least())), Symbols.tier(tier.fact()))));
      case Condition.Younger younger -> certain(younger(younger.fact(), younger.than()));
    };
  }

  private List<Three> each(List<Condition> parts, Scope scope) {
    return parts.stream().map(part -> say(part, scope)).toList();
  }

  private static Three certain(String holds) {
    return new Three(holds, Smt.not(holds));
  }

  /// A named condition is read apart from what it is named in, so it sees no element of a list.
  private Three named(Condition.Named named, Scope scope) {
    if (scope.depth() > 0 && vocabulary.isQuantified(named.body()))
      throw new Outside.Reached(
          "`" + named.name() + "`, which has a quantifier of its own, within a quantifier");
    return of(named.body());
  }

  private static String younger(Fact fact, Duration than) {
    var observed = Symbols.observed(fact);
    var end = Smt.call("+", observed, Smt.number(Carrier.DURATION.of(than)));
    return Smt.and(
        Symbols.known(fact),
        Smt.or(Smt.call("<", Symbols.AT, end), Smt.call("<=", Smt.number(LATEST), observed)));
  }

  private static String clock(Condition.Clock clock) {
    var time = Smt.number(Carrier.nanos(clock.time()));
    return switch (clock.by()) {
      case EQUAL -> Smt.equal(Symbols.AT, time);
      case NOT_EQUAL -> Smt.not(Smt.equal(Symbols.AT, time));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          Smt.call(clock.by().symbol(), Symbols.AT, time);
    };
  }

  /// A day begins at midnight, UTC.
  private static Three since(Condition.Since since) {
    var value = Symbols.value(since.fact());
    var then =
        switch (since.fact().type()) {
          case TIMESTAMP -> value;
          case DATE -> Smt.call("*", value, Smt.number(Carrier.DURATION.of(Duration.ofDays(1))));
          case BOOLEAN, STRING, STRINGS, INTEGER, DECIMAL, VERSION, DURATION, ADDRESS ->
              throw new Outside.Reached("the age of something other than a time");
        };
    var end = Smt.call("+", then, Smt.number(Carrier.DURATION.of(since.than())));
    return Three.where(
        Symbols.known(since.fact()),
        Smt.or(Smt.call("<", Symbols.AT, end), Smt.call("<=", Smt.number(LATEST), then)));
  }

  private static Three inside(Condition.Inside inside) {
    var address = Symbols.value(inside.address());
    var within = inside.networks().stream().map(network -> within(address, network)).toList();
    return Three.where(Symbols.known(inside.address()), Smt.or(within));
  }

  private static String within(String address, Network network) {
    byte[] bytes = network.first().address().getAddress();
    var first = Carrier.number(bytes);
    var size = BigInteger.TWO.pow(bytes.length * 8 - network.prefix());
    return Smt.between(address, first, first.add(size).subtract(BigInteger.ONE));
  }

  private static Three cohort(Condition.Cohort cohort) {
    return Three.where(
        Symbols.known(cohort.subject()),
        Smt.call("<", Symbols.place(cohort.rule()), Smt.number(cohort.share())));
  }

  private Three quantified(Condition.Quantified quantifier, Scope scope) {
    if (quantifier.depth() != scope.depth())
      throw new Outside.Reached("a quantifier that hides the element of another");
    var range =
        Range.of(quantifier.list())
            .orElseThrow(() -> new Outside.Reached("a quantifier over something else than a list"));
    var each = new ArrayList<Three>();
    for (var element : terms.elements(range)) {
      var body = say(quantifier.body(), scope.with(range, element));
      each.add(
          quantifier.all() ? body.orMissing(element.present()) : body.ifThere(element.present()));
    }
    var holds = quantifier.all() ? Three.all(each) : Three.any(each);
    var known =
        switch (range) {
          case Range.OfConstants ignored -> Smt.TRUE;
          case Range.OfFact(Fact list) -> Symbols.known(list);
        };
    return new Three(Smt.and(known, holds.isTrue()), Smt.and(known, holds.isFalse()));
  }
}
