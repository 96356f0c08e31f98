// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import dev.vigil.policy.condition.Condition;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;

/// Cuts what has very many parts into pieces of a few, which mean the same: the length of a method
/// is bounded, and a policy is not refused for a long list of tags.
final class Pieces {

  /// The most parts of a piece.
  private static final int MOST = Sharing.LARGE;

  private final IdentityHashMap<Condition, Condition> cut = new IdentityHashMap<>();

  private Pieces() {}

  static List<Program> of(List<Program> programs) {
    var pieces = new Pieces();
    return programs.stream().map(pieces::program).toList();
  }

  private Program program(Program program) {
    var requires = program.requires().stream().map(this::piece).toList();
    return new Program(
        program.effect(),
        piece(program.applies()),
        program.unknown(),
        requires.size() <= MOST ? requires : List.of(joined(requires, Condition.And::new)));
  }

  private Condition piece(Condition condition) {
    var known = cut.get(condition);
    if (known != null) return known;
    var made =
        switch (condition) {
          case Condition.And(List<Condition> all) -> many(condition, all, Condition.And::new);
          case Condition.Or(List<Condition> any) -> many(condition, any, Condition.Or::new);
          case Condition.Not(Condition of) -> new Condition.Not(piece(of));
          case Condition.Choose(Condition when, Condition then, Condition otherwise) ->
              new Condition.Choose(piece(when), piece(then), piece(otherwise));
          case Condition.Same(Condition left, Condition right) ->
              new Condition.Same(piece(left), piece(right));
          case Condition.Named(String name, Condition body) ->
              new Condition.Named(name, piece(body));
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
              condition;
        };
    cut.put(condition, made);
    return made;
  }

  private Condition many(
      Condition whole, List<Condition> parts, Function<List<Condition>, Condition> join) {
    var pieces = parts.stream().map(this::piece).toList();
    return pieces.isEmpty() ? whole : joined(pieces, join);
  }

  private static Condition joined(
      List<Condition> parts, Function<List<Condition>, Condition> join) {
    if (parts.size() <= MOST) return join.apply(parts);
    var pieces = new ArrayList<Condition>();
    for (int i = 0; i < parts.size(); i += MOST)
      pieces.add(join.apply(parts.subList(i, Math.min(parts.size(), i + MOST))));
    return joined(pieces, join);
  }
}
