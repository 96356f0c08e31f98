// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import dev.vigil.policy.condition.Condition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Which conditions stand on their own because they are large, or dear and occur more than once.
/// Equal conditions are recognised however often a level brings them in, without ever spelling a
/// level out.
final class Sharing {

  /// Larger conditions stand on their own, and so does every part of them that has parts: no method
  /// grows without bound.
  static final int LARGE = 48;

  /// The most that is written into the one method of a program.
  private static final int LARGEST_PROGRAM = 4 * LARGE;

  /// Larger conditions that occur more than once are worth a call.
  private static final int WORTH_A_CALL = 12;

  private final IdentityHashMap<Condition, Node> nodes = new IdentityHashMap<>();
  private final Map<Object, Node> distinct = new HashMap<>();
  private final List<Node> shared = new ArrayList<>();

  /// One distinct condition.
  private static final class Node {
    final Condition condition;
    final List<Node> parts;
    final int size;
    int uses;
    int number = -1;
    boolean ofSomethingLarge;

    Node(Condition condition, List<Node> parts) {
      this.condition = condition;
      this.parts = parts;
      this.size = 1 + parts.stream().mapToInt(part -> Math.min(part.size, LARGE)).sum();
    }
  }

  private Sharing() {}

  static Sharing of(List<Program> programs) {
    var sharing = new Sharing();
    for (var program : programs) {
      sharing.node(program.applies()).uses++;
      for (var required : program.requires()) sharing.node(required).uses++;
    }
    sharing.distinct.values().forEach(node -> node.parts.forEach(part -> part.uses++));
    sharing.distinct.values().stream()
        .filter(node -> node.size > LARGE)
        .forEach(node -> apart(node.parts));
    for (var program : programs) sharing.apartIfLarge(program);
    for (var program : programs) {
      sharing.number(sharing.node(program.applies()));
      for (var required : program.requires()) sharing.number(sharing.node(required));
    }
    return sharing;
  }

  private void apartIfLarge(Program program) {
    var nodes = new ArrayList<Node>();
    nodes.add(node(program.applies()));
    for (var required : program.requires()) nodes.add(node(required));
    if (nodes.stream().mapToInt(node -> node.size).sum() > LARGEST_PROGRAM) apart(nodes);
  }

  private static void apart(List<Node> nodes) {
    for (var node : nodes) node.ofSomethingLarge |= node.size > 1;
  }

  private Node node(Condition condition) {
    var known = nodes.get(condition);
    if (known != null) return known;
    var made =
        condition instanceof Condition.Named(_, Condition body) ? node(body) : compound(condition);
    nodes.put(condition, made);
    return made;
  }

  private Node compound(Condition condition) {
    var parts = parts(condition).stream().map(this::node).toList();
    Object key = parts.isEmpty() ? condition : List.of(condition.getClass(), parts);
    return distinct.computeIfAbsent(key, k -> new Node(condition, parts));
  }

  private static List<Condition> parts(Condition condition) {
    return switch (condition) {
      case Condition.And and -> and.all();
      case Condition.Or or -> or.any();
      case Condition.Not not -> List.of(not.of());
      case Condition.Choose choose -> List.of(choose.when(), choose.then(), choose.otherwise());
      case Condition.Same same -> List.of(same.left(), same.right());
      case Condition.Named named -> List.of(named.body());
      case Condition.Always _,
          Condition.Flag _,
          Condition.Compare _,
          Condition.Member _,
          Condition.Text _,
          Condition.Quantified _,
          Condition.Inside _,
          Condition.Cohort _,
          Condition.During _,
          Condition.Clock _,
          Condition.Since _,
          Condition.EvidencePredicate _ ->
          List.of();
    };
  }

  private void alone(Node node) {
    if (node.number >= 0) return;
    node.number = shared.size();
    shared.add(node);
    node.parts.forEach(this::numberOnce);
  }

  private void number(Node node) {
    if (node.number >= 0) return;
    if (standsAlone(node)) alone(node);
    else node.parts.forEach(this::numberOnce);
  }

  private void numberOnce(Node node) {
    if (node.number < 0) number(node);
  }

  private static boolean standsAlone(Node node) {
    if (node.condition instanceof Condition.Always) return false;
    return node.size > LARGE
        || node.ofSomethingLarge
        || (node.uses > 1 && (node.size > WORTH_A_CALL || dear(node.condition)));
  }

  private static boolean dear(Condition condition) {
    return switch (condition) {
      case Condition.Quantified _, Condition.Cohort _, Condition.During _, Condition.Since _ ->
          true;
      case Condition.And _,
          Condition.Or _,
          Condition.Not _,
          Condition.Choose _,
          Condition.Same _,
          Condition.Named _,
          Condition.Always _,
          Condition.Flag _,
          Condition.Compare _,
          Condition.Member _,
          Condition.Text _,
          Condition.Inside _,
          Condition.Clock _,
          Condition.Known _,
          Condition.Tier _,
          Condition.Younger _ ->
          false;
    };
  }

  /// How much code a program is, roughly.
  int size(Program program) {
    int size = size(program.applies());
    for (var required : program.requires()) size += size(required);
    return size;
  }

  private int size(Condition condition) {
    var node = nodes.get(condition);
    return node == null || node.number >= 0 ? 1 : node.size;
  }

  /// The leaves that programs ask more than once, as the ones that stand for all that are equal.
  Set<Condition> repeated(List<Program> programs) {
    var once = Collections.<Node>newSetFromMap(new IdentityHashMap<>());
    var repeated = new LinkedHashSet<Node>();
    for (var program : programs) {
      leaves(node(program.applies()), once, repeated);
      for (var required : program.requires()) leaves(node(required), once, repeated);
    }
    Set<Condition> conditions = Collections.newSetFromMap(new IdentityHashMap<>());
    repeated.forEach(node -> conditions.add(node.condition));
    return conditions;
  }

  private static void leaves(Node node, Set<Node> once, Set<Node> repeated) {
    if (node.number >= 0 || node.condition instanceof Condition.Always) return;
    if (node.parts.isEmpty() && !once.add(node)) repeated.add(node);
    node.parts.forEach(part -> leaves(part, once, repeated));
  }

  /// The condition that stands for all that are equal to this one.
  Condition representative(Condition condition) {
    var node = nodes.get(condition);
    return node == null ? condition : node.condition;
  }

  int size() {
    return shared.size();
  }

  /// The condition of a number, to be compiled by itself.
  Condition condition(int number) {
    return shared.get(number).condition;
  }

  /// The number of a condition that stands on its own.
  OptionalInt number(Condition condition) {
    var node = nodes.get(condition);
    return node == null || node.number < 0 ? OptionalInt.empty() : OptionalInt.of(node.number);
  }
}
