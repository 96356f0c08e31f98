// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Fact;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Network;
import dev.vigil.policy.condition.Term;
import dev.vigil.workbench.request.Given;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Requests for given conditions: of the facts that they mention, with the constants that they
/// mention, what lies right beside these, and unknowns.
final class RandomRequests {

  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final Random random;
  private final Collection<Fact> facts;
  private final Set<Object> constants = new LinkedHashSet<>();
  private final List<Duration> ages = new ArrayList<>(List.of(Duration.ofDays(1)));

  RandomRequests(Random random, Collection<Fact> facts, Collection<Condition> conditions) {
    this.random = random;
    this.facts = facts;
    constants.addAll(List.of("other", "", "Æ\"\\u{1}", 0L, 0.0, -0.0, Double.NaN));
    constants.addAll(
        List.of(
            Version.parse("17"),
            LocalDate.parse("2026-06-01"),
            NOW,
            Instant.MAX.minus(Duration.ofDays(2)),
            Duration.ofHours(1),
            IpAddress.parse("127.0.0.1"),
            IpAddress.parse("2001:db8::1"),
            IpAddress.parse("198.51.100.7")));
    facts.forEach(fact -> constants.addAll(fact.allowed().stream().sorted().toList()));
    conditions.forEach(this::constants);
    for (var constant : List.copyOf(constants)) beside(constant);
  }

  private void constants(Condition condition) {
    switch (condition) {
      case Condition.And and -> and.all().forEach(this::constants);
      case Condition.Or or -> or.any().forEach(this::constants);
      case Condition.Not not -> constants(not.of());
      case Condition.Choose choose ->
          List.of(choose.when(), choose.then(), choose.otherwise()).forEach(this::constants);
      case Condition.Same same -> List.of(same.left(), same.right()).forEach(this::constants);
      case Condition.Compare compare ->
          List.of(compare.left(), compare.right()).forEach(this::term);
      case Condition.Member member -> List.of(member.element(), member.list()).forEach(this::term);
      case Condition.Text text -> List.of(text.text(), text.part()).forEach(this::term);
      case Condition.Quantified quantified -> {
        term(quantified.list());
        constants(quantified.body());
      }
      case Condition.Inside inside -> inside.networks().forEach(this::network);
      case Condition.Named named -> constants(named.body());
      case Condition.Younger younger -> ages.add(younger.than());
      case Condition.Always ignored -> {}
      case Condition.Flag ignored -> {}
      case Condition.Cohort ignored -> {}
      case Condition.Known ignored -> {}
      case Condition.Tier ignored -> {}
      case Condition.During ignored -> {}
      case Condition.Clock clock -> constants.add(clock.time());
      case Condition.Since since -> {
        var border = NOW.minus(since.than());
        constants.addAll(List.of(border, LocalDate.ofInstant(border, ZoneOffset.UTC)));
      }
    }
  }

  private void term(Term term) {
    switch (term) {
      case Term.Literal(Collection<?> many) -> constants.addAll(many);
      case Term.Literal(Object one) -> constants.add(one);
      case Term.Size(Term of) -> term(of);
      case Term.Read ignored -> {}
      case Term.Variable ignored -> {}
    }
  }

  private void network(Network network) {
    byte[] bytes = network.first().address().getAddress();
    var first = new BigInteger(1, bytes);
    var end = first.add(BigInteger.TWO.pow(bytes.length * 8 - network.prefix()));
    for (var number :
        List.of(first, first.subtract(BigInteger.ONE), end, end.subtract(BigInteger.ONE)))
      if (number.signum() >= 0 && number.bitLength() <= bytes.length * 8)
        constants.add(address(number, bytes.length));
  }

  private static IpAddress address(BigInteger number, int length) {
    byte[] digits = number.toByteArray();
    byte[] bytes = new byte[length];
    for (int i = 0; i < Math.min(length, digits.length); i++)
      bytes[length - 1 - i] = digits[digits.length - 1 - i];
    return IpAddress.of(bytes);
  }

  private void beside(Object constant) {
    switch (constant) {
      case Long n -> constants.addAll(List.of(n + 1, n - 1));
      case Double d -> constants.addAll(List.of(Math.nextUp(d), Math.nextDown(d)));
      case LocalDate d -> constants.addAll(List.of(d.plusDays(1), d.minusDays(1)));
      case Instant t -> constants.addAll(List.of(t.plusNanos(1), t.minusNanos(1)));
      case Duration d -> constants.addAll(List.of(d.plusNanos(1), d.minusNanos(1)));
      case Version v -> {
        var longer = new ArrayList<>(v.parts());
        if (longer.size() < 6) longer.add(1);
        constants.add(new Version(longer));
        int last = v.parts().getLast();
        var less = new ArrayList<>(v.parts());
        if (last > 0) less.set(less.size() - 1, last - 1);
        less.addAll(List.of(999_999_999).subList(0, less.size() < 6 ? 1 : 0));
        constants.add(new Version(less));
      }
      case String s -> constants.addAll(List.of(s + "x", "x" + s));
      default -> {}
    }
  }

  Given next() {
    var given = new LinkedHashMap<Fact, Given.Stated>();
    for (var fact : facts) {
      if (random.nextInt(6) == 0) continue;
      given.put(
          fact,
          new Given.Stated(
              Optional.of(value(fact)),
              of(List.of(EvidenceTier.values())),
              new Given.Age.At(observed())));
    }
    return new Given(given);
  }

  /// A time: mostly now, else beside a time that conditions mention, any time of some weeks, or the
  /// end of time.
  Instant at() {
    return switch (random.nextInt(6)) {
      case 0 ->
          of(
              constants.stream()
                  .filter(Instant.class::isInstance)
                  .map(Instant.class::cast)
                  .toList());
      case 1, 2 -> NOW.plusSeconds(random.nextInt(3_000_000));
      case 3 -> random.nextInt(2) == 0 ? Instant.MAX : NOW;
      default -> NOW;
    };
  }

  private Instant observed() {
    return switch (random.nextInt(9)) {
      case 0 -> NOW.plusSeconds(5);
      case 1 -> Instant.MIN;
      case 2 -> Instant.MAX;
      case 3 -> Instant.MAX.minus(Duration.ofDays(2));
      default -> NOW.minus(of(ages)).plusNanos(random.nextInt(3) - 1);
    };
  }

  private Object value(Fact fact) {
    return switch (fact.type()) {
      case BOOLEAN -> random.nextBoolean();
      case STRING ->
          fact.allowed().isEmpty() ? text() : of(fact.allowed().stream().sorted().toList());
      case STRINGS -> list();
      case INTEGER, DECIMAL, VERSION, DATE, TIMESTAMP, DURATION, ADDRESS ->
          of(constants.stream().filter(fact.type()::accepts).toList());
    };
  }

  private String text() {
    var texts =
        constants.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    return random.nextInt(10) == 0 ? "subject-" + random.nextInt(50) : of(texts);
  }

  /// At most two texts that conditions do not name, which is what the solver is given room for.
  private List<String> list() {
    var list = new ArrayList<String>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) list.add(text());
    return list;
  }

  private <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
