// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.kernel.EvidenceTier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A condition, with its text and its meaning: true, false, or empty for unknown. Nothing is left
/// out early.
sealed interface Expr {

  String cel();

  Optional<Boolean> in(World world, Map<String, Expr> levels);

  record Lit(boolean value) implements Expr {
    @Override
    public String cel() {
      return String.valueOf(value);
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      return Optional.of(value);
    }
  }

  record Flag(String fact) implements Expr {
    @Override
    public String cel() {
      return fact;
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      return Optional.ofNullable(world.facts().get(fact)).map(known -> (Boolean) known.value());
    }
  }

  /// A fact compared with a constant of its type.
  record Cmp(String fact, String op, Object constant, String written) implements Expr {
    @Override
    public String cel() {
      return fact + " " + op + " " + written;
    }

    @Override
    @SuppressWarnings("unchecked") // the generator compares values of one type
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      var known = world.facts().get(fact);
      if (known == null) return Optional.empty();
      int order = ((Comparable<Object>) known.value()).compareTo(constant);
      return Optional.of(
          switch (op) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalStateException(op);
          });
    }
  }

  record In(String fact, List<String> values) implements Expr {
    @Override
    public String cel() {
      return fact
          + " in "
          + values.stream().map(v -> "\"" + v + "\"").collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      return Optional.ofNullable(world.facts().get(fact))
          .map(known -> values.stream().anyMatch(known.value()::equals));
    }
  }

  record Has(String value, String fact, boolean asQuantifier) implements Expr {
    @Override
    public String cel() {
      return asQuantifier
          ? fact + ".exists(e, e == \"" + value + "\")"
          : "\"" + value + "\" in " + fact;
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      return Optional.ofNullable(world.facts().get(fact))
          .map(known -> ((List<?>) known.value()).contains(value));
    }
  }

  record And(Expr left, Expr right) implements Expr {
    @Override
    public String cel() {
      return "(" + left.cel() + " && " + right.cel() + ")";
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      var a = left.in(world, levels);
      var b = right.in(world, levels);
      if (a.equals(Optional.of(false)) || b.equals(Optional.of(false))) return Optional.of(false);
      return a.isPresent() && b.isPresent() ? Optional.of(true) : Optional.empty();
    }
  }

  record Or(Expr left, Expr right) implements Expr {
    @Override
    public String cel() {
      return "(" + left.cel() + " || " + right.cel() + ")";
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      return new Not(new And(new Not(left), new Not(right))).in(world, levels);
    }
  }

  record Not(Expr of) implements Expr {
    @Override
    public String cel() {
      return "!(" + of.cel() + ")";
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      return of.in(world, levels).map(value -> !value);
    }
  }

  record If(Expr when, Expr then, Expr otherwise) implements Expr {
    @Override
    public String cel() {
      return "(" + when.cel() + " ? " + then.cel() + " : " + otherwise.cel() + ")";
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      var a = then.in(world, levels);
      var b = otherwise.in(world, levels);
      var which = when.in(world, levels);
      return which.isPresent() ? (which.get() ? a : b) : (a.equals(b) ? a : Optional.empty());
    }
  }

  record Known(String fact) implements Expr {
    @Override
    public String cel() {
      return "known(" + fact + ")";
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      return Optional.of(world.facts().containsKey(fact));
    }
  }

  record Tier(String fact, EvidenceTier least) implements Expr {
    @Override
    public String cel() {
      return least == EvidenceTier.ATTESTED
          ? "attested(" + fact + ")"
          : "tier(" + fact + ") >= \"" + least.name().toLowerCase(java.util.Locale.ROOT) + "\"";
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      var known = world.facts().get(fact);
      return Optional.of(known != null && known.tier().compareTo(least) >= 0);
    }
  }

  record Younger(String fact, Duration than) implements Expr {
    @Override
    public String cel() {
      return "age(" + fact + ") < duration(\"" + than.toSeconds() + "s\")";
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      var known = world.facts().get(fact);
      return Optional.of(
          known != null && Duration.between(known.observed(), world.at()).compareTo(than) < 0);
    }
  }

  /// Whether the address is in 127.0.66.0/24.
  record Office() implements Expr {
    @Override
    public String cel() {
      return "in_location(\"office\")";
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      return Optional.ofNullable(world.facts().get("network.address"))
          .map(known -> known.value().toString().startsWith("127.0.66."));
    }
  }

  record Level(String name) implements Expr {
    @Override
    public String cel() {
      return "level(\"" + name + "\")";
    }

    @Override
    public Optional<Boolean> in(World world, Map<String, Expr> levels) {
      return java.util.Objects.requireNonNull(levels.get(name)).in(world, levels);
    }
  }
}
