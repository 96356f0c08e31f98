// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private final List<Strength> strengths;
  private final FactMentions mentions;

  /// The rules that may apply to one request, permits least restrictive first.
  record Applicable(
      List<Rule.Permit> permits,
      List<Rule.Guard> guards,
      List<Rule.Forbid> forbids,
      List<Strength> strengths) {}

  /// The rules of one app.
  ///
  /// @param always those without a key
  /// @param keys the facts by which the others are found, as bits
  @SuppressWarnings("ArrayRecordComponent") // never compared, and walked without allocating
  private record Node(int[] always, List<Table> tables, long[] keys) {}

  /// The rules that have a key of one fact, by its value.
  ///
  /// @param limiting the guards and forbids among them: they may apply if the fact is unknown
  @SuppressWarnings("ArrayRecordComponent") // never compared, and walked without allocating
  private record Table(Fact fact, Map<Object, int[]> byValue, int[] limiting) {}

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
  }

  private Node node(List<Integer> numbers) {
    var always = new ArrayList<Integer>();
    var keyed = new LinkedHashMap<Fact, Map<Object, List<Integer>>>();
    for (int number : numbers) {
      var key = RuleKey.of(rules.get(number).when().condition());
      if (key.isEmpty()) {
        always.add(number);
        continue;
      }
      var values = keyed.computeIfAbsent(key.get().fact(), fact -> new HashMap<>());
      for (var value : key.get().values())
        values.computeIfAbsent(value, v -> new ArrayList<>()).add(number);
    }
    var tables = new ArrayList<Table>();
    keyed.forEach((fact, values) -> tables.add(table(fact, values)));
    return new Node(ints(always), List.copyOf(tables), mentions.bits(keyed.keySet()));
  }

  private Table table(Fact fact, Map<Object, List<Integer>> values) {
    var byValue = new HashMap<Object, int[]>();
    var limiting = new LinkedHashSet<Integer>();
    values.forEach((value, numbers) -> {
      byValue.put(value, ints(numbers));
      numbers.stream()
          .filter(number -> !(rules.get(number) instanceof Rule.Permit))
          .forEach(limiting::add);
    });
    return new Table(fact, byValue, ints(limiting));
  }

  private static int[] ints(java.util.Collection<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /// Every rule by its number.
  List<Rule> rules() {
    return rules;
  }

  /// Which facts the rules mention.
  FactMentions mentions() {
    return mentions;
  }

  /// Collects the rules that may apply; false if it is unknown which app the request is about, and
  /// nothing has been collected.
  ///
  /// @param keys takes the facts by which rules were found or passed over, as bits
  boolean collect(AccessRequest request, Numbers into, long[] keys) {
    FactMentions.addApp(keys);
    if (!(request.app().valueAt(AppScope.ID.slot()) instanceof String app)) return false;
    collect(anyApp, request, into, keys);
    var own = byApp.get(app);
    if (own != null) collect(own, request, into, keys);
    return true;
  }

  private static void collect(Node node, AccessRequest request, Numbers into, long[] keys) {
    FactMentions.add(node.keys, keys);
    into.addAll(node.always);
    var tables = node.tables;
    for (int i = 0; i < tables.size(); i++) {
      var table = tables.get(i);
      var value = request.about(table.fact.entity()).value(table.fact);
      if (value == null) into.addAll(table.limiting);
      else if (value instanceof List<?> list) each(list, table, into);
      else add(table.byValue.get(value), into);
    }
  }

  private static void each(List<?> list, Table table, Numbers into) {
    for (int i = 0; i < list.size(); i++) add(table.byValue.get(list.get(i)), into);
  }

  private static void add(int @Nullable [] numbers, Numbers into) {
    if (numbers != null) into.addAll(numbers);
  }

  /// The numbers of the rules that may apply, in order; of all if the app is unknown.
  ///
  /// @param keys takes the facts by which rules were found or passed over, as bits
  int[] found(AccessRequest request, long[] keys) {
    var numbers = new Numbers(rules.size());
    return (collect(request, numbers, keys) ? numbers.sorted() : IntStream.range(0, rules.size()))
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
