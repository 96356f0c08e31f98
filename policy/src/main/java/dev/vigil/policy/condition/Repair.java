// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.Version;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds what would have to be true of the device for a condition to hold: the facts that a fix
/// would produce. Changes nothing but facts about the device, and only those it must.
public final class Repair {

  private Repair() {}

  /// The supposition of this evaluation with as many device facts changed as the condition needs;
  /// empty if changing the device cannot make it hold.
  public static Optional<Supposition> of(Condition condition, Evaluation on) {
    return make(condition, true, on);
  }

  private static Optional<Supposition> make(Condition condition, boolean wanted, Evaluation on) {
    if (condition.truth(on) == Truth.of(wanted)) return Optional.of(on.supposed());
    return switch (condition) {
      case Condition.Always ignored -> Optional.empty();
      case Condition.And and -> wanted ? every(and.all(), true, on) : some(and.all(), false, on);
      case Condition.Or or -> wanted ? some(or.any(), true, on) : every(or.any(), false, on);
      case Condition.Not not -> make(not.of(), !wanted, on);
      case Condition.Choose choose -> choose(choose, wanted, on);
      case Condition.Same ignored -> Optional.empty();
      case Condition.Flag flag -> suppose(flag.fact(), wanted, on);
      case Condition.Compare compare -> compare(compare, wanted, on);
      case Condition.Member member -> member(member, wanted, on);
      case Condition.Text ignored -> Optional.empty();
      case Condition.Quantified ignored -> Optional.empty();
      case Condition.Inside ignored -> Optional.empty();
      case Condition.Cohort ignored -> Optional.empty();
      case Condition.During ignored -> Optional.empty();
      case Condition.Clock ignored -> Optional.empty();
      case Condition.Since since -> wanted ? today(since, on) : Optional.empty();
      case Condition.Named named -> make(named.body(), wanted, on);
      case Condition.Known ignored -> Optional.empty();
      case Condition.Tier tier -> wanted ? renew(tier.fact(), tier.least(), on) : Optional.empty();
      case Condition.Younger younger ->
          wanted ? renew(younger.fact(), EvidenceTier.REPORTED, on) : Optional.empty();
    };
  }

  private static Optional<Supposition> every(List<Condition> parts, boolean wanted, Evaluation on) {
    var now = on;
    for (var part : parts) {
      var made = make(part, wanted, now);
      if (made.isEmpty()) return made;
      now = now.supposing(made.get());
    }
    return Optional.of(now.supposed());
  }

  private static Optional<Supposition> some(List<Condition> parts, boolean wanted, Evaluation on) {
    for (var part : parts) {
      var made = make(part, wanted, on);
      if (made.isPresent()) return made;
    }
    return Optional.empty();
  }

  private static Optional<Supposition> choose(
      Condition.Choose choose, boolean wanted, Evaluation on) {
    var first =
        make(choose.when(), true, on)
            .flatMap(made -> make(choose.then(), wanted, on.supposing(made)));
    if (first.isPresent()) return first;
    return make(choose.when(), false, on)
        .flatMap(made -> make(choose.otherwise(), wanted, on.supposing(made)));
  }

  private static Optional<Supposition> compare(
      Condition.Compare compare, boolean wanted, Evaluation on) {
    var by = wanted ? compare.by() : compare.by().opposite();
    if (compare.left() instanceof Term.Read(Fact fact)
        && compare.right() instanceof Term.Literal(Object constant)) {
      return candidates(fact, by, constant).stream()
          .findFirst()
          .flatMap(value -> suppose(fact, value, on));
    }
    if (compare.right() instanceof Term.Read(Fact fact)
        && compare.left() instanceof Term.Literal(Object constant)) {
      return candidates(fact, by.mirrored(), constant).stream()
          .findFirst()
          .flatMap(value -> suppose(fact, value, on));
    }
    return Optional.empty();
  }

  private static List<Object> candidates(Fact fact, Comparison by, Object constant) {
    var near = new ArrayList<>();
    near.add(constant);
    switch (constant) {
      case Long number -> near.addAll(List.of(number + 1, number - 1));
      case LocalDate date -> near.addAll(neighbours(date));
      case Version version -> near.addAll(neighbours(version));
      case String ignored -> near.addAll(fact.allowed().stream().sorted().toList());
      default -> {}
    }
    near.removeIf(value -> by.of(value, constant) != Truth.TRUE);
    return near;
  }

  private static List<LocalDate> neighbours(LocalDate date) {
    return List.of(
        date.isBefore(LocalDate.MAX) ? date.plusDays(1) : date,
        date.isAfter(LocalDate.MIN) ? date.minusDays(1) : date);
  }

  private static List<Version> neighbours(Version version) {
    var above = new ArrayList<>(version.parts());
    above.set(0, above.getFirst() + 1);
    var below =
        version.parts().getFirst() > 0 ? List.of(version.parts().getFirst() - 1) : List.of(0);
    return List.of(new Version(above), new Version(below));
  }

  private static Optional<Supposition> member(
      Condition.Member member, boolean wanted, Evaluation on) {
    if (!(member.element() instanceof Term.Read(Fact fact))
        || !(member.list() instanceof Term.Literal(Collection<?> listed))) {
      return Optional.empty();
    }
    var source = wanted ? listed : fact.allowed();
    return source.stream()
        .filter(value -> listed.contains(value) == wanted)
        .map(Object.class::cast)
        .min(Comparator.comparing(String::valueOf))
        .flatMap(value -> suppose(fact, value, on));
  }

  /// A day becomes today, which began at midnight: that may be too long ago now and not tomorrow.
  private static Optional<Supposition> today(Condition.Since since, Evaluation on) {
    var now = on.request().at();
    if (since.fact().type() != FactType.DATE) return suppose(since.fact(), now, on);
    if (!Evaluation.hasDays(now)) return Optional.empty();
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    on.turnsAt(today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    return suppose(since.fact(), today, on)
        .filter(made -> since.truth(on.supposing(made)) == Truth.TRUE);
  }

  private static Optional<Supposition> renew(Fact fact, EvidenceTier least, Evaluation on) {
    var value = on.value(fact);
    var behind = on.evidence(fact);
    if (fact.entity() != Entity.DEVICE || value == null || behind == null) return Optional.empty();
    var tier = behind.tier().compareTo(least) >= 0 ? behind.tier() : least;
    return Optional.of(on.supposed().and(fact, value, tier));
  }

  private static Optional<Supposition> suppose(Fact fact, Object value, Evaluation on) {
    if (fact.entity() != Entity.DEVICE || !fact.type().accepts(value)) return Optional.empty();
    var behind = on.evidence(fact);
    return Optional.of(
        on.supposed().and(fact, value, behind == null ? EvidenceTier.REPORTED : behind.tier()));
  }
}
