// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Decision;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.language.Place;
import dev.vigil.policy.rule.Restrictions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Something that must hold for every request there could be: an outcome that never or always comes
/// of it where a condition is true. Where the condition is false or unknown the property says
/// nothing.
///
/// @param when all of these, as they were written apart
/// @param text what it is for, in the words of those who wrote it
public record Property(
    String name,
    Quantity quantity,
    Outcome outcome,
    List<Condition> when,
    String text,
    Place place) {

  public Property {
    when = List.copyOf(when);
  }

  /// How often.
  public enum Quantity {
    ALWAYS,
    NEVER;

    /// The word for it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What may come of a request.
  public enum Outcome {
    /// Access is granted, restricted or not.
    ALLOW,
    /// Access is granted without any restriction.
    UNRESTRICTED,
    /// Access is granted that can change something.
    WRITE,
    /// Access is granted whose answers may be kept.
    DOWNLOAD,
    /// Access is not granted, whatever is offered instead.
    DENY;

    /// The word for it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Outcome> of(String word) {
      return Stream.of(values()).filter(outcome -> outcome.word().equals(word)).findFirst();
    }

    static List<String> words() {
      return Stream.of(values()).map(Outcome::word).toList();
    }

    boolean of(Decision decision) {
      if (!(decision instanceof Decision.Allow allow)) return this == DENY;
      var o = allow.obligations();
      return switch (this) {
        case ALLOW -> true;
        case UNRESTRICTED -> !o.restricts();
        case WRITE ->
            !o.readOnly() && (o.methods().isEmpty() || !Restrictions.SAFE.containsAll(o.methods()));
        case DOWNLOAD -> !o.noDownload();
        case DENY -> false;
      };
    }

    String in(Grant grant) {
      return switch (this) {
        case ALLOW -> grant.allow();
        case UNRESTRICTED -> grant.unrestricted();
        case WRITE -> grant.write();
        case DOWNLOAD -> grant.download();
        case DENY -> Smt.not(grant.allow());
      };
    }
  }

  Condition condition() {
    return new Condition.And(when);
  }

  /// The outcome that a counterexample has.
  String brokenBy(Grant grant) {
    var comes = outcome.in(grant);
    return switch (quantity) {
      case NEVER -> comes;
      case ALWAYS -> Smt.not(comes);
    };
  }

  boolean brokenBy(Decision decision) {
    return outcome.of(decision) == (quantity == Quantity.NEVER);
  }
}
