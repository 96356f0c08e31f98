// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A condition that has no conditions in it, or looks at the elements of a list.
sealed interface Atom extends Expr {

  record Flag(String fact) implements Atom {
    @Override
    public String cel() {
      return fact;
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return Optional.ofNullable((Boolean) world.value(fact));
    }
  }

  /// A fact compared with a constant of its type, which may stand first.
  record Cmp(String fact, String op, Object constant, boolean mirrored) implements Atom {
    Cmp(String fact, String op, Object constant) {
      this(fact, op, constant, false);
    }

    @Override
    public String cel() {
      return mirrored
          ? written(constant) + " " + turned() + " " + fact
          : fact + " " + op + " " + written(constant);
    }

    private String turned() {
      return switch (op.charAt(0)) {
        case '<' -> op.replace('<', '>');
        case '>' -> op.replace('>', '<');
        default -> op;
      };
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return compared(world.value(fact), op, constant);
    }
  }

  /// Two facts compared.
  record Both(String fact, String op, String other) implements Atom {
    @Override
    public String cel() {
      return fact + " " + op + " " + other;
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return compared(world.value(fact), op, world.value(other));
    }
  }

  /// `0.0` is `-0.0`, and nothing can be said of what is not a number.
  @SuppressWarnings("unchecked") // the generator compares values of one type
  private static Optional<Boolean> compared(
      @Nullable Object value, String op, @Nullable Object constant) {
    if (value == null || constant == null) return Expr.UNKNOWN;
    if (value instanceof IpAddress) return Optional.of(op.equals("==") == value.equals(constant));
    int order;
    if (value instanceof Double a && constant instanceof Double b) {
      if (a.isNaN() || b.isNaN()) return Expr.UNKNOWN;
      order = a + 0.0 == b + 0.0 ? 0 : Double.compare(a, b);
    } else {
      order = ((Comparable<Object>) value).compareTo(constant);
    }
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

  static String written(Object constant) {
    return switch (constant) {
      case String text -> "\"" + text + "\"";
      case Version version -> "version(\"" + version + "\")";
      case LocalDate date -> "date(\"" + date + "\")";
      case Instant time -> "timestamp(\"" + time + "\")";
      case IpAddress address -> "address(\"" + address + "\")";
      default -> String.valueOf(constant);
    };
  }

  /// One of a list: equal to the first, or the second, ...; known not to be in an empty list only
  /// if it is known at all.
  record In(String fact, List<Object> values) implements Atom {
    @Override
    public String cel() {
      return fact
          + " in "
          + values.stream().map(Atom::written).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      var value = world.value(fact);
      if (value == null) return Expr.UNKNOWN;
      return Expr.some(values.stream().map(v -> compared(value, "==", v)).toList());
    }
  }

  record Has(String value, String fact) implements Atom {
    @Override
    public String cel() {
      return "\"" + value + "\" in " + fact;
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return Optional.ofNullable((List<?>) world.value(fact)).map(list -> list.contains(value));
    }
  }

  /// `startsWith`, `endsWith` or `contains`.
  record Text(String fact, String function, String part) implements Atom {
    @Override
    public String cel() {
      return fact + "." + function + "(\"" + part + "\")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return Optional.ofNullable((String) world.value(fact))
          .map(text ->
              switch (function) {
                case "startsWith" -> text.startsWith(part);
                case "endsWith" -> text.endsWith(part);
                default -> text.contains(part);
              });
    }
  }

  record Size(String fact, String op, long than) implements Atom {
    @Override
    public String cel() {
      return "size(" + fact + ") " + op + " " + than;
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      var value = world.value(fact);
      Long size =
          value == null
              ? null
              : value instanceof List<?> list
                  ? Long.valueOf(list.size())
                  : Long.valueOf(String.valueOf(value).codePoints().count());
      return compared(size, op, than);
    }
  }

  /// Whether a condition holds for every element of a list, or for some. The element is a fact of
  /// its own in the body.
  record Each(boolean all, String list, String element, Expr body) implements Atom {
    @Override
    public String cel() {
      return list + (all ? ".all(" : ".exists(") + element + ", " + body.cel() + ")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      if (!(world.value(list) instanceof List<?> elements)) return Expr.UNKNOWN;
      var each =
          elements.stream()
              .map(one -> body.in(world.with(element, one, EvidenceTier.REPORTED), model))
              .toList();
      return all ? Expr.every(each) : Expr.some(each);
    }
  }

  /// Whether the address is in 127.0.66.0/24.
  record Office() implements Atom {
    @Override
    public String cel() {
      return "in_location(\"office\")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return Optional.ofNullable(world.value("network.address"))
          .map(address -> address.toString().startsWith("127.0.66."));
    }
  }

  record During(String window) implements Atom {
    @Override
    public String cel() {
      return "during(\"" + window + "\")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return Optional.of(Objects.requireNonNull(model.windows().get(window)).covers(world.at()));
    }
  }

  record Clock(String op, Instant time) implements Atom {
    @Override
    public String cel() {
      return "time " + op + " timestamp(\"" + time + "\")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return compared(world.at(), op, time);
    }
  }

  /// Whether the day or time that a fact holds lies less than so long ago; a day begins at midnight
  /// UTC.
  record Since(String fact, Duration than, boolean less) implements Atom {
    @Override
    public String cel() {
      return "since(" + fact + ") " + (less ? "<" : ">=") + " duration(\"" + seconds(than) + "\")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      var value = world.value(fact);
      if (value == null) return Expr.UNKNOWN;
      var then =
          value instanceof LocalDate day
              ? day.atStartOfDay(ZoneOffset.UTC).toInstant()
              : (Instant) value;
      return Optional.of((Duration.between(then, world.at()).compareTo(than) < 0) == less);
    }
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }

  /// What looks at the evidence behind a fact: never unknown.
  sealed interface Behind extends Atom {
    String fact();
  }

  record Known(String fact) implements Behind {
    @Override
    public String cel() {
      return "known(" + fact + ")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return Optional.of(world.known(fact) != null);
    }
  }

  record Tier(String fact, EvidenceTier least) implements Behind {
    @Override
    public String cel() {
      return least == EvidenceTier.ATTESTED
          ? "attested(" + fact + ")"
          : "tier(" + fact + ") >= \"" + least.name().toLowerCase(Locale.ROOT) + "\"";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      var known = world.known(fact);
      return Optional.of(known != null && known.tier().compareTo(least) >= 0);
    }
  }

  /// Whether a fact is known and was observed less than so long ago.
  record Younger(String fact, Duration than) implements Behind {
    @Override
    public String cel() {
      return "age(" + fact + ") < duration(\"" + seconds(than) + "\")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      var known = world.known(fact);
      return Optional.of(
          known != null && Duration.between(known.observed(), world.at()).compareTo(than) < 0);
    }
  }

  /// The opposite of [Younger], written as such.
  record Older(String fact, Duration than) implements Behind {
    @Override
    public String cel() {
      return "age(" + fact + ") >= duration(\"" + seconds(than) + "\")";
    }

    @Override
    public Optional<Boolean> in(World world, Model model) {
      return new Younger(fact, than).in(world, model).map(younger -> !younger);
    }
  }
}
