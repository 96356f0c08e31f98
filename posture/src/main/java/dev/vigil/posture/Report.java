// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Suggestion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// What the app on a phone says of the phone, before anything of it is believed. Nothing in it can
/// say how much it is worth: it becomes signals of the tier `reported`, and only those.
public record Report(List<Claim> claims) {

  private static final int MOST = 32;
  private static final int LONGEST_QUOTE = 64;
  private static final Duration TOLERANCE = Duration.ofSeconds(60);
  private static final Duration OLDEST = Duration.ofDays(3653);
  private static final String SOURCE = "sdk";

  public Report {
    claims = List.copyOf(claims);
  }

  /// A report that says nothing.
  public static Report empty() {
    return new Report(List.of());
  }

  /// One thing the app says, as it was sent.
  ///
  /// @param observed when the app saw it; empty for now
  public record Claim(String name, String value, Optional<Instant> observed) {}

  /// The signals, all or none. Refusals are [PostureRefusal]s.
  ///
  /// @param received when the report arrived; evidence more than a minute later than this is
  ///   refused
  public Outcome<List<Signal>> read(Instant received) {
    if (claims.size() > MOST) return Outcome.refused(PostureRefusal.TOO_MANY);
    var seen = EnumSet.noneOf(SignalName.class);
    var signals = new ArrayList<Signal>();
    for (Claim claim : claims) {
      var one = read(claim, received);
      if (one instanceof Outcome.Done<Signal>(Signal signal) && seen.add(signal.name()))
        signals.add(signal);
      else
        return one instanceof Outcome.Refused<Signal> refused
            ? refused.as()
            : Outcome.refused(PostureRefusal.TWICE, quoted(claim.name()));
    }
    return Outcome.done(List.copyOf(signals));
  }

  private static Outcome<Signal> read(Claim claim, Instant received) {
    var name = SignalName.find(claim.name());
    if (name.isEmpty())
      return Outcome.refused(PostureRefusal.UNKNOWN_SIGNAL, suggestion(claim.name()));
    if (!name.get().reportable())
      return Outcome.refused(PostureRefusal.NOT_REPORTABLE, quoted(claim.name()));
    var value =
        claim.value().length() > SignalForm.LONGEST
            ? Optional.<SignalValue>empty()
            : name.get().read(claim.value());
    if (value.isEmpty()) {
      return Outcome.refused(
          PostureRefusal.NOT_A_VALUE, quoted(claim.name()) + " is " + name.get().form().expects());
    }
    var observed = claim.observed().orElse(received);
    if (observed.isBefore(received.minus(OLDEST)))
      return Outcome.refused(PostureRefusal.TOO_OLD, quoted(claim.name()));
    if (observed.isAfter(received.plus(TOLERANCE)) || liesAhead(value.get(), received)) {
      return Outcome.refused(PostureRefusal.FROM_THE_FUTURE, quoted(claim.name()));
    }
    return Outcome.done(
        new Signal(
            name.get(),
            claim.value(),
            SOURCE,
            EvidenceTier.REPORTED,
            observed.isBefore(received) ? observed : received,
            received.plus(Signal.REPORTED_LIFETIME)));
  }

  /// A day is ahead if it is tomorrow everywhere on earth.
  private static boolean liesAhead(SignalValue value, Instant received) {
    var today = received.atOffset(ZoneOffset.ofHours(14)).toLocalDate();
    return value instanceof SignalValue.Day day && day.value().isAfter(today);
  }

  private static String suggestion(String name) {
    var known = Arrays.stream(SignalName.values()).map(SignalName::label).toList();
    return Optional.of(name)
        .filter(typed -> typed.length() <= LONGEST_QUOTE)
        .flatMap(typed -> Suggestion.nearest(typed, known))
        .map(near -> quoted(name) + "; perhaps `" + near + "` is meant")
        .orElseGet(() -> quoted(name));
  }

  /// What was typed, in backticks, shortened and without anything that is not printable ASCII.
  private static String quoted(String typed) {
    var plain = typed.length() > LONGEST_QUOTE ? typed.substring(0, LONGEST_QUOTE) : typed;
    return "`" + plain.replaceAll("[^ -_a-~]", "?") + "`";
  }
}
