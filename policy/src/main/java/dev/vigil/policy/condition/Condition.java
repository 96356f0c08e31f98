// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Sha256;
import dev.vigil.policy.Fact;
import dev.vigil.policy.IpAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// A condition on a request. Evaluation never throws; what cannot be told is [Truth#UNKNOWN]. It
/// stops as soon as the result is certain, so that what it read is all that the result depends on.
public sealed interface Condition {

  /// Evaluates.
  Truth truth(Evaluation on);

  /// Always the same.
  record Always(boolean value) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      return Truth.of(value);
    }
  }

  /// All of them; true if there are none.
  record And(List<Condition> all) implements Condition {
    public And {
      all = List.copyOf(all);
    }

    @Override
    public Truth truth(Evaluation on) {
      var result = Truth.TRUE;
      for (int i = 0; i < all.size(); i++) {
        var next = all.get(i).truth(on);
        if (next == Truth.FALSE) return next;
        if (next == Truth.UNKNOWN) result = next;
      }
      return result;
    }
  }

  /// At least one of them; false if there are none.
  record Or(List<Condition> any) implements Condition {
    public Or {
      any = List.copyOf(any);
    }

    @Override
    public Truth truth(Evaluation on) {
      var result = Truth.FALSE;
      for (int i = 0; i < any.size(); i++) {
        var next = any.get(i).truth(on);
        if (next == Truth.TRUE) return next;
        if (next == Truth.UNKNOWN) result = next;
      }
      return result;
    }
  }

  /// The opposite.
  record Not(Condition of) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      return of.truth(on).not();
    }
  }

  /// One or the other. If it is unknown which, then what both agree on.
  record Choose(Condition when, Condition then, Condition otherwise) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      return switch (when.truth(on)) {
        case TRUE -> then.truth(on);
        case FALSE -> otherwise.truth(on);
        case UNKNOWN -> {
          var first = then.truth(on);
          yield first != Truth.UNKNOWN && first == otherwise.truth(on) ? first : Truth.UNKNOWN;
        }
      };
    }
  }

  /// Whether two conditions have the same truth value.
  record Same(Condition left, Condition right) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      var first = left.truth(on);
      if (first == Truth.UNKNOWN) return first;
      var second = right.truth(on);
      return second == Truth.UNKNOWN ? second : Truth.of(first == second);
    }
  }

  /// A fact that is itself true or false.
  record Flag(Fact fact) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      return on.value(fact) instanceof Boolean value ? Truth.of(value) : Truth.UNKNOWN;
    }
  }

  /// Two values compared.
  record Compare(Term left, Comparison by, Term right) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      return by.of(left.value(on), right.value(on));
    }
  }

  /// Whether a list or set has an element: whether the element is equal to one of it.
  record Member(Term element, Term list) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      var one = element.value(on);
      if (one == null || !(list.value(on) instanceof Collection<?> many)) return Truth.UNKNOWN;
      return one instanceof Double number ? among(number, many) : Truth.of(many.contains(one));
    }

    /// What is not a number is not known to be equal to any.
    private static Truth among(Double number, Collection<?> many) {
      var result = Truth.FALSE;
      for (Object other : many) {
        var next = Comparison.EQUAL.of(number, other);
        if (next == Truth.TRUE) return next;
        if (next == Truth.UNKNOWN) result = next;
      }
      return result;
    }
  }

  /// Whether a text has a part.
  record Text(Term text, Part where, Term part) implements Condition {

    /// Where the part must be.
    public enum Part {
      AT_START,
      AT_END,
      ANYWHERE
    }

    @Override
    public Truth truth(Evaluation on) {
      if (!(text.value(on) instanceof String whole) || !(part.value(on) instanceof String some))
        return Truth.UNKNOWN;
      return Truth.of(
          switch (where) {
            case AT_START -> whole.startsWith(some);
            case AT_END -> whole.endsWith(some);
            case ANYWHERE -> whole.contains(some);
          });
    }
  }

  /// Whether a condition holds for some element of a list (`all` false) or for every one (`all`
  /// true).
  ///
  /// @param depth where the body finds the element: [Term.Variable]
  record Quantified(boolean all, int depth, Term list, Condition body) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      if (!(list.value(on) instanceof Collection<?> elements)) return Truth.UNKNOWN;
      var outer = on.variable(depth);
      var result = overall(elements, on);
      on.rebind(depth, outer);
      return result;
    }

    /// A level within a quantifier may have one of its own, at the same depth.
    private Truth overall(Collection<?> elements, Evaluation on) {
      var certain = Truth.of(!all);
      var result = certain.not();
      for (Object element : elements) {
        on.bind(depth, element);
        var next = body.truth(on);
        if (next == certain) return next;
        if (next == Truth.UNKNOWN) result = next;
      }
      return result;
    }
  }

  /// Whether the address of the client lies in a named location.
  record Inside(String location, List<Network> networks, Fact address) implements Condition {
    public Inside {
      networks = List.copyOf(networks);
    }

    @Override
    public Truth truth(Evaluation on) {
      if (!(on.value(address) instanceof IpAddress client)) return Truth.UNKNOWN;
      for (int i = 0; i < networks.size(); i++)
        if (networks.get(i).contains(client)) return Truth.TRUE;
      return Truth.FALSE;
    }
  }

  /// Whether a subject is in the part of all subjects that a rule has reached so far. Which part a
  /// subject falls into follows from the rule and the subject alone, so a growing share keeps
  /// everyone it had.
  ///
  /// @param share in hundredths of a per cent
  record Cohort(String rule, int share, Fact subject) implements Condition {
    private static final int ALL = 10_000;

    @Override
    public Truth truth(Evaluation on) {
      if (!(on.value(subject) instanceof String id)) return Truth.UNKNOWN;
      byte[] digest = Sha256.of((rule + "\n" + id).getBytes(StandardCharsets.UTF_8)).bytes();
      return Truth.of(Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), ALL) < share);
    }
  }

  /// Whether the request is made inside a window of time.
  record During(String name, Window window) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      var state = window.at(on.request().at());
      on.turnsAt(state.until());
      return Truth.of(state.inside());
    }
  }

  /// Whether the request is made before or after a time.
  record Clock(Comparison by, Instant time) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      var at = on.request().at();
      if (at.isBefore(time)) on.turnsAt(time);
      else if (at.equals(time) && time.isBefore(Instant.MAX)) on.turnsAt(time.plusNanos(1));
      return by.of(at, time);
    }
  }

  /// Whether the day or time that a fact holds lies less than this long ago, such as a patch level
  /// of the last 90 days.
  record Since(Fact fact, Duration than) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      return on.since(fact, than);
    }
  }

  /// A condition that has a name of its own: an access level or an authentication strength.
  record Named(String name, Condition body) implements Condition {
    @Override
    public Truth truth(Evaluation on) {
      return body.truth(on);
    }
  }

  /// Looks at what stands behind a fact. Never unknown, so it may only stand where knowing less
  /// cannot help the asker: positively in permits and requirements, negatively in the conditions of
  /// guards and forbids.
  sealed interface EvidencePredicate extends Condition {
    /// The fact looked at.
    Fact fact();
  }

  /// Whether a fact is known at all.
  record Known(Fact fact) implements EvidencePredicate {
    @Override
    public Truth truth(Evaluation on) {
      return Truth.of(on.value(fact) != null);
    }
  }

  /// Whether a fact is known with evidence of at least this tier.
  record Tier(Fact fact, EvidenceTier least) implements EvidencePredicate {
    @Override
    public Truth truth(Evaluation on) {
      var behind = on.evidence(fact);
      return Truth.of(behind != null && behind.tier().compareTo(least) >= 0);
    }
  }

  /// Whether a fact is known and was observed less than this long ago.
  record Younger(Fact fact, Duration than) implements EvidencePredicate {
    @Override
    public Truth truth(Evaluation on) {
      return Truth.of(on.younger(fact, than));
    }
  }
}
