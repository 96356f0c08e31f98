// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Obligations;
import dev.vigil.policy.rule.Restrictions;
import dev.vigil.policy.rule.Rule;
import dev.vigil.workbench.proof.RulesInSmt.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// The judgement of one set of rules: no forbid applies; all requirements of applying guards are
/// met; some permit applies with all its requirements met, and its restrictions together with the
/// guards' leave something to do. Of several such permits the least restrictive decides.
final class JudgementInSmt {

  private static final int MOST_RUNS = 200;

  private final RulesInSmt.Frame frame;
  private final StringBuilder script;
  private final List<Said> guards;
  private final List<Said> forbids;
  private final List<LimitInSmt> limits;
  private final List<Run> runs = new ArrayList<>();

  /// Permits with the same restrictions that stand beside each other in the order of preference.
  ///
  /// @param satisfied when one of them grants, as far as itself is concerned
  private record Run(Obligations restrictions, List<String> satisfied) {}

  JudgementInSmt(List<Said> rules, RulesInSmt.Frame frame, StringBuilder script) {
    this.frame = frame;
    this.script = script;
    this.guards = rules.stream().filter(said -> said.rule() instanceof Rule.Guard).toList();
    this.forbids = rules.stream().filter(said -> said.rule() instanceof Rule.Forbid).toList();
    this.limits = Stream.of(Limit.values()).map(limit -> new LimitInSmt(limit, rules)).toList();
    rules.stream()
        .filter(said -> said.rule() instanceof Rule.Permit)
        .sorted(Comparator.comparing(said -> said.rule().restrictions(), Restrictions.LEAST_FIRST))
        .forEach(this::enqueue);
    if (runs.size() > MOST_RUNS)
      throw new Outside.Reached("permits with more than " + MOST_RUNS + " kinds of restrictions");
  }

  private void enqueue(Said permit) {
    var restrictions = permit.rule().restrictions();
    if (runs.isEmpty() || !runs.getLast().restrictions.equals(restrictions))
      runs.add(new Run(restrictions, new ArrayList<>()));
    runs.getLast().satisfied.add(Smt.and(permit.applies(), permit.met()));
  }

  Grant grant() {
    var open =
        define(
            "open",
            "Bool",
            Smt.and(
                Smt.not(Smt.or(forbids.stream().map(Said::applies).toList())),
                Smt.and(
                    guards.stream()
                        .map(said -> Smt.implies(said.applies(), said.met()))
                        .toList())));
    var beside = beside();
    var able = new ArrayList<String>();
    for (int i = 0; i < runs.size(); i++) able.add(able(i, beside));
    var allow = define("allow", "Bool", Smt.and(open, Smt.or(able)));
    return granted(allow, beside, chosen(able, beside));
  }

  /// The guards' restrictions together.
  ///
  /// @param methods which methods no guard takes away
  private record Beside(
      String readOnly,
      String noDownload,
      String listed,
      SortedMap<String, String> methods,
      List<String> limits) {}

  private Beside beside() {
    var methods = new TreeMap<String, String>();
    for (var method : frame.methods())
      methods.put(
          method,
          define(
              "guards leave " + method,
              "Bool",
              Smt.not(applying(o -> !o.methods().isEmpty() && !o.methods().contains(method)))));
    var ranks = new ArrayList<String>();
    for (var limit : limits)
      ranks.add(define("guards' " + limit.title(), "Int", limit.ofGuards(guards)));
    return new Beside(
        define("guards read only", "Bool", applying(Obligations::readOnly)),
        define("guards no download", "Bool", applying(Obligations::noDownload)),
        define("guards list", "Bool", applying(o -> !o.methods().isEmpty())),
        methods,
        ranks);
  }

  private String applying(Function<Obligations, Boolean> restricts) {
    return Smt.or(
        guards.stream()
            .filter(said -> restricts.apply(said.rule().restrictions()))
            .map(Said::applies)
            .toList());
  }

  /// When a run grants, and something is left to do.
  private String able(int run, Beside beside) {
    var own = runs.get(run).restrictions;
    var left = new ArrayList<String>();
    beside.methods.forEach((method, kept) -> {
      if (!own.methods().isEmpty() && !own.methods().contains(method)) return;
      left.add(
          Smt.and(
              kept,
              Restrictions.SAFE.contains(method) ? Smt.TRUE : Smt.not(readOnly(own, beside))));
    });
    return define(
        "able " + run,
        "Bool",
        Smt.and(
            Smt.or(runs.get(run).satisfied), Smt.or(Smt.not(listed(own, beside)), Smt.or(left))));
  }

  private static String readOnly(Obligations own, Beside beside) {
    return own.readOnly() ? Smt.TRUE : beside.readOnly;
  }

  private static String noDownload(Obligations own, Beside beside) {
    return own.noDownload() ? Smt.TRUE : beside.noDownload;
  }

  private static String listed(Obligations own, Beside beside) {
    return own.methods().isEmpty() ? beside.listed : Smt.TRUE;
  }

  private String rank(int limit, Obligations own, Beside beside) {
    int mine = limits.get(limit).rank(own);
    if (mine == limits.get(limit).ranks() - 1) return beside.limits.get(limit);
    var theirs = beside.limits.get(limit);
    return Smt.choose(Smt.call("<", theirs, Smt.number(mine)), theirs, Smt.number(mine));
  }

  /// When each run decides: it is able, and no other able one restricts less, nor as much and
  /// stands before it.
  private List<String> chosen(List<String> able, Beside beside) {
    if (runs.size() == 1) return able;
    var keys = new ArrayList<String>();
    for (int i = 0; i < runs.size(); i++)
      keys.add(define("restricts " + i, "Int", key(runs.get(i).restrictions, beside)));
    var chosen = new ArrayList<String>();
    for (int i = 0; i < runs.size(); i++) {
      var parts = new ArrayList<>(List.of(able.get(i)));
      for (int j = 0; j < runs.size(); j++) {
        if (i == j) continue;
        parts.add(Smt.implies(able.get(j), Smt.call(j < i ? "<" : "<=", keys.get(i), keys.get(j))));
      }
      chosen.add(define("decides " + i, "Bool", Smt.and(parts)));
    }
    return chosen;
  }

  /// How much a run restricts together with the guards, as [Restrictions#LEAST_FIRST] orders it.
  private String key(Obligations own, Beside beside) {
    var count = new ArrayList<String>();
    count.add(Smt.choose(readOnly(own, beside), "1", "0"));
    count.add(Smt.choose(noDownload(own, beside), "1", "0"));
    var listed = listed(own, beside);
    count.add(Smt.choose(listed, "1", "0"));
    var kept = new ArrayList<String>();
    beside.methods.forEach((method, left) -> {
      if (own.methods().isEmpty() || own.methods().contains(method))
        kept.add(Smt.choose(left, "1", "0"));
    });
    int most = frame.methods().size() + 1;
    var methods = Smt.choose(listed, Smt.call("-", Smt.number(most), Smt.sum(kept)), "0");
    var age = new Digit(strictness(Limit.MAXIMUM_AGE, own, beside), ranks(Limit.MAXIMUM_AGE));
    count.add(Smt.choose(Smt.call("<", "0", age.term), "1", "0"));
    return number(
        List.of(
            new Digit(Smt.sum(count), count.size() + 1),
            new Digit(methods, most + 1),
            age,
            new Digit(Smt.choose(readOnly(own, beside), "1", "0"), 2),
            new Digit(strictness(Limit.RECHECK, own, beside), ranks(Limit.RECHECK))));
  }

  /// A digit of a number in which each has its own base.
  private record Digit(String term, int base) {}

  private static String number(List<Digit> digits) {
    var number = "0";
    for (var digit : digits)
      number = Smt.call("+", Smt.call("*", number, Smt.number(digit.base)), digit.term);
    return number;
  }

  private int ranks(Limit limit) {
    return limits.get(List.of(Limit.values()).indexOf(limit)).ranks();
  }

  /// 0 where there is no such limit, and the more the shorter it is.
  private String strictness(Limit limit, Obligations own, Beside beside) {
    int index = List.of(Limit.values()).indexOf(limit);
    return Smt.call("-", Smt.number(ranks(limit) - 1L), rank(index, own, beside));
  }

  private Grant granted(String allow, Beside beside, List<String> chosen) {
    var methods = new TreeMap<String, String>();
    beside.methods.forEach((method, left) ->
        methods.put(
            method,
            define(
                "allows " + method,
                "Bool",
                Smt.and(
                    left,
                    whose(chosen, o -> o.methods().isEmpty() || o.methods().contains(method))))));
    var durations = new TreeMap<String, String>();
    for (int i = 0; i < limits.size(); i++)
      durations.put(
          limits.get(i).title(), define(limits.get(i).title(), "Int", duration(i, beside, chosen)));
    return new Grant(
        allow,
        define("read only", "Bool", Smt.or(beside.readOnly, whose(chosen, Obligations::readOnly))),
        define(
            "no download",
            "Bool",
            Smt.or(beside.noDownload, whose(chosen, Obligations::noDownload))),
        durations,
        define("listed", "Bool", Smt.or(beside.listed, whose(chosen, o -> !o.methods().isEmpty()))),
        methods);
  }

  private String whose(List<String> chosen, Function<Obligations, Boolean> has) {
    var deciding = new ArrayList<String>();
    for (int i = 0; i < runs.size(); i++)
      if (has.apply(runs.get(i).restrictions)) deciding.add(chosen.get(i));
    return Smt.or(deciding);
  }

  private String duration(int limit, Beside beside, List<String> chosen) {
    var duration = Smt.number(-1);
    for (int i = 0; i < runs.size(); i++)
      duration =
          Smt.choose(
              chosen.get(i),
              limits.get(limit).duration(rank(limit, runs.get(i).restrictions, beside)),
              duration);
    return duration;
  }

  private String define(String name, String sort, String term) {
    if (term.equals(Smt.TRUE) || term.equals(Smt.FALSE) || term.matches("\\d+|\\|[^|]*\\|"))
      return term;
    var symbol = Smt.symbol(frame.prefix() + name);
    script
        .append("(define-fun ")
        .append(symbol)
        .append(" () ")
        .append(sort)
        .append(' ')
        .append(term)
        .append(")\n");
    return symbol;
  }
}
