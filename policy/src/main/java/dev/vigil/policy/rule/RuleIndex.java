// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Facts;
import dev.vigil.policy.engine.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rules that may apply to a request, found by app and by what they ask of the subject or the
/// request, so that the cost of a decision follows the rules that may apply and not all there are.
/// A rule has the number of its place in [#rules].
final class RuleIndex {

  private final List<Rule> rules;
  private final Node anyApp;
  private final Map<String, Node> byApp = new HashMap<>();
  private final Map<List<Integer>, Integer> sequences = new LinkedHashMap<>();
  private final List<int[]> members;
  private final long[][] mentioned;
  private final List<Strength> strengths;
  private final FactMentions mentions;

  /// The rules that may apply to one request, permits least restrictive first.
  record Applicable(
      List<Rule.Permit> permits,
      List<Rule.Guard> guards,
      List<Rule.Forbid> forbids,
      List<Strength> strengths) {}

  /// The rules of one app, in sequences.
  ///
  /// @param always those without a key
  /// @param keys the facts by which the others are found, as bits
  @SuppressWarnings("ArrayRecordComponent") // never compared, and walked without allocating
  private record Node(int always, Table[] bySubject, Table[] byRequest, long[] keys) {}

  /// The rules that have a key of one fact, by its value.
  ///
  /// @param limiting the guards and forbids among them: they may apply if the fact is unknown
  private record Table(Fact fact, TextTable byValue, int limiting) {}

  private static final Node NO_RULES =
      new Node(TextTable.NOTHING, new Table[0], new Table[0], new long[0]);

  RuleIndex(Rules all) {
    rules =
        Stream.<Rule>concat(
                all.permits().stream()
                    .sorted((a, b) ->
                        Restrictions.LEAST_FIRST.compare(a.restrictions(), b.restrictions())),
                Stream.concat(all.guards().stream(), all.forbids().stream()))
            .toList();
    strengths = all.strengths();
    mentions = new FactMentions(rules);
    var any = new ArrayList<Integer>();
    var named = new LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < rules.size(); i++) {
      var ids = rules.get(i).apps().ids();
      if (ids.isEmpty()) any.add(i);
      for (var id : ids) named.computeIfAbsent(id, app -> new ArrayList<>()).add(i);
    }
    anyApp = node(any);
    named.forEach((app, numbers) -> byApp.put(app, node(numbers)));
    members = sequences.keySet().stream().map(RuleIndex::ints).toList();
    mentioned = new long[members.size()][];
    for (int i = 0; i < mentioned.length; i++) mentioned[i] = mentions.bits(members.get(i));
  }

  private Node node(List<Integer> numbers) {
    var always = new ArrayList<Integer>();
    var keyed = new LinkedHashMap<Fact, Map<String, List<Integer>>>();
    for (int number : numbers) {
      var key = RuleKey.of(rules.get(number).when().condition());
      if (key.isEmpty()) {
        always.add(number);
        continue;
      }
      var values = keyed.computeIfAbsent(key.get().fact(), fact -> new LinkedHashMap<>());
      for (var value : key.get().values())
        values.computeIfAbsent(value, v -> new ArrayList<>()).add(number);
    }
    return new Node(
        sequence(always),
        tables(keyed, fact -> fact.entity() != Entity.REQUEST),
        tables(keyed, fact -> fact.entity() == Entity.REQUEST),
        mentions.bits(keyed.keySet()));
  }

  private Table[] tables(Map<Fact, Map<String, List<Integer>>> keyed, Predicate<Fact> wanted) {
    var tables = new ArrayList<Table>();
    keyed.forEach((fact, values) -> {
      if (wanted.test(fact)) tables.add(table(fact, values));
    });
    return tables.toArray(Table[]::new);
  }

  private Table table(Fact fact, Map<String, List<Integer>> values) {
    var byValue = new HashMap<String, Integer>();
    var limiting = new TreeSet<Integer>();
    values.forEach((value, numbers) -> {
      byValue.put(value, sequence(numbers));
      numbers.stream()
          .filter(number -> !(rules.get(number) instanceof Rule.Permit))
          .forEach(limiting::add);
    });
    return new Table(fact, new TextTable(byValue), sequence(limiting));
  }

  /// The number of a sequence of rules; equal ones are the same.
  private int sequence(Collection<Integer> numbers) {
    if (numbers.isEmpty()) return TextTable.NOTHING;
    return sequences.computeIfAbsent(List.copyOf(numbers), n -> sequences.size());
  }

  private static int[] ints(Collection<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /// Every rule by its number.
  List<Rule> rules() {
    return rules;
  }

  /// The rules that run together, by the number of their sequence.
  List<int[]> sequences() {
    return members;
  }

  /// Which facts the rules mention.
  FactMentions mentions() {
    return mentions;
  }

  /// What was found for one subject and app, whatever the request is: kept as long as both are the
  /// same objects, which never change.
  static final class Found {
    private final Numbers sequences = new Numbers();
    private final long[] facts;
    private @Nullable Facts subject;
    private @Nullable Facts app;
    private @Nullable Node own;

    Found(RuleIndex index) {
      facts = new long[index.mentions.words()];
    }

    boolean isFor(AccessRequest request) {
      return subject == request.subject() && app == request.app();
    }

    private void clear(AccessRequest request) {
      sequences.clear();
      Arrays.fill(facts, 0);
      subject = request.subject();
      app = request.app();
    }
  }

  /// Collects the sequences of rules that may apply; false if it is unknown which app the request
  /// is about, and nothing has been collected. A sequence may be collected twice.
  ///
  /// @param found what was found before, perhaps for another request
  /// @param facts is set to those that the rules mention and those by which others were passed
  ///   over, as bits
  boolean collect(AccessRequest request, Found found, Numbers into, long[] facts) {
    if (!found.isFor(request)) find(request, found);
    System.arraycopy(found.facts, 0, facts, 0, facts.length);
    var own = found.own;
    if (own == null) return false;
    into.addAll(found.sequences);
    collect(anyApp.byRequest, request.request(), into, facts);
    collect(own.byRequest, request.request(), into, facts);
    return true;
  }

  private void find(AccessRequest request, Found found) {
    found.clear(request);
    FactMentions.addApp(found.facts);
    found.own =
        request.app().valueAt(AppScope.ID.slot()) instanceof String app
            ? byApp.getOrDefault(app, NO_RULES)
            : null;
    if (found.own == null) return;
    find(anyApp, request, found);
    find(found.own, request, found);
  }

  private void find(Node node, AccessRequest request, Found found) {
    FactMentions.add(node.keys, found.facts);
    add(node.always, found.sequences, found.facts);
    collect(node.bySubject, request.subject(), found.sequences, found.facts);
  }

  private void collect(Table[] tables, Facts about, Numbers into, long[] facts) {
    for (var table : tables) {
      var value = about.value(table.fact);
      if (value instanceof String text) add(table.byValue.find(text), into, facts);
      else if (value instanceof List<?> list) each(list, table, into, facts);
      else add(table.limiting, into, facts);
    }
  }

  private void each(List<?> list, Table table, Numbers into, long[] facts) {
    for (int i = 0; i < list.size(); i++)
      if (list.get(i) instanceof String text) add(table.byValue.find(text), into, facts);
  }

  private void add(int sequence, Numbers into, long[] facts) {
    if (sequence == TextTable.NOTHING) return;
    into.add(sequence);
    FactMentions.add(mentioned[sequence], facts);
  }

  /// The numbers of the rules that may apply, in order; of all if the app is unknown.
  ///
  /// @param facts as [#collect]
  int[] found(AccessRequest request, long[] facts) {
    var numbers = new Numbers();
    if (!collect(request, new Found(this), numbers, facts)) {
      for (var row : mentioned) FactMentions.add(row, facts);
      return IntStream.range(0, rules.size()).toArray();
    }
    return IntStream.of(numbers.toArray())
        .flatMap(sequence -> IntStream.of(members.get(sequence)))
        .sorted()
        .distinct()
        .toArray();
  }

  /// These rules as lists.
  Applicable applicable(int[] numbers) {
    var permits = new ArrayList<Rule.Permit>();
    var guards = new ArrayList<Rule.Guard>();
    var forbids = new ArrayList<Rule.Forbid>();
    for (int number : numbers) {
      switch (rules.get(number)) {
        case Rule.Permit permit -> permits.add(permit);
        case Rule.Guard guard -> guards.add(guard);
        case Rule.Forbid forbid -> forbids.add(forbid);
      }
    }
    return new Applicable(permits, guards, forbids, strengths);
  }
}
