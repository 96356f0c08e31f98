// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// A condition, with its text and its meaning: true, false, or empty for unknown. Nothing is left
/// out early.
sealed interface Expr permits Atom, Expr.Joined, Expr.Lit, Expr.Level, Expr.Strength {

  Optional<Boolean> TRUE = Optional.of(true);
  Optional<Boolean> FALSE = Optional.of(false);
  Optional<Boolean> UNKNOWN = Optional.empty();

  String cel();

  Optional<Boolean> in(World world, Model model);

  record Lit(boolean value) implements Expr {
    @Override
    public String cel() {
      return String.valueOf(value);
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return Optional.of(value);
    }
  }

  /// A condition made of conditions.
  sealed interface Joined extends Expr {
    List<Expr> parts();

    /// The same made of others.
    Expr of(List<Expr> parts);
  }

  record And(List<Expr> parts) implements Joined {
    And(Expr... parts) {
      this(List.of(parts));
    }

    @Override
    public Expr of(List<Expr> others) {
      return new And(others);
    }

    @Override
    public String cel() {
      return joined(parts, " && ");
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return every(parts.stream().map(part -> part.in(world, model)).toList());
    }
  }

  record Or(List<Expr> parts) implements Joined {
    Or(Expr... parts) {
      this(List.of(parts));
    }

    @Override
    public Expr of(List<Expr> others) {
      return new Or(others);
    }

    @Override
    public String cel() {
      return joined(parts, " || ");
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return some(parts.stream().map(part -> part.in(world, model)).toList());
    }
  }

  private static String joined(List<Expr> parts, String by) {
    return parts.stream().map(Expr::cel).collect(Collectors.joining(by, "(", ")"));
  }

  /// False if one is false, otherwise unknown if one is unknown.
  static Optional<Boolean> every(List<Optional<Boolean>> all) {
    return all.contains(FALSE) ? FALSE : all.contains(UNKNOWN) ? UNKNOWN : TRUE;
  }

  /// True if one is true, otherwise unknown if one is unknown.
  static Optional<Boolean> some(List<Optional<Boolean>> any) {
    return any.contains(TRUE) ? TRUE : any.contains(UNKNOWN) ? UNKNOWN : FALSE;
  }

  record Not(Expr part) implements Joined {
    @Override
    public List<Expr> parts() {
      return List.of(part);
    }

    @Override
    public Expr of(List<Expr> others) {
      return new Not(others.getFirst());
    }

    @Override
    public String cel() {
      return "!(" + part.cel() + ")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return part.in(world, model).map(value -> !value);
    }
  }

  record If(Expr when, Expr then, Expr otherwise) implements Joined {
    @Override
    public List<Expr> parts() {
      return List.of(when, then, otherwise);
    }

    @Override
    public Expr of(List<Expr> others) {
      return new If(others.get(0), others.get(1), others.get(2));
    }

    @Override
    public String cel() {
      return "(" + when.cel() + " ? " + then.cel() + " : " + otherwise.cel() + ")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      var a = then.in(world, model);
      var b = otherwise.in(world, model);
      var which = when.in(world, model);
      return which.isPresent() ? (which.get() ? a : b) : (a.equals(b) ? a : UNKNOWN);
    }
  }

  /// Whether two conditions come to the same, or to different things.
  record Same(Expr left, Expr right, boolean same) implements Joined {
    @Override
    public List<Expr> parts() {
      return List.of(left, right);
    }

    @Override
    public Expr of(List<Expr> others) {
      return new Same(others.get(0), others.get(1), same);
    }

    @Override
    public String cel() {
      return "((" + left.cel() + ")" + (same ? " == " : " != ") + "(" + right.cel() + "))";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      var a = left.in(world, model);
      var b = right.in(world, model);
      return a.isPresent() && b.isPresent() ? Optional.of(a.equals(b) == same) : UNKNOWN;
    }
  }

  record Level(String name) implements Expr {
    @Override
    public String cel() {
      return "level(\"" + name + "\")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return Objects.requireNonNull(model.levels().get(name)).in(world, model);
    }
  }

  record Strength(String name) implements Expr {
    @Override
    public String cel() {
      return "strength(\"" + name + "\")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return Objects.requireNonNull(model.strengths().get(name)).in(world);
    }
  }
}
