// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// What conditions are evaluated on: a request, perhaps with supposed facts laid over it, and how
/// far the results reach in time. For one thread.
public final class Evaluation {

  private static final int DEEPEST = 4;
  private static final long LATEST =
      Instant.MAX.getEpochSecond() - Duration.ofDays(100_000).toSeconds();
  private static final long EARLIEST =
      Instant.MIN.getEpochSecond() + Duration.ofDays(100_000).toSeconds();

  private AccessRequest request;
  private final Supposition supposed;
  private final Horizon horizon;
  private @Nullable Object @Nullable [] variables;

  public Evaluation(AccessRequest request) {
    this(request, Supposition.NONE, new Horizon());
  }

  private Evaluation(AccessRequest request, Supposition supposed, Horizon horizon) {
    this.request = request;
    this.supposed = supposed;
    this.horizon = horizon;
  }

  /// Begins anew with another request and the same suppositions.
  public void restart(AccessRequest other) {
    request = other;
    horizon.restart();
  }

  /// The request that is decided.
  public AccessRequest request() {
    return request;
  }

  /// What is supposed beside the request.
  public Supposition supposed() {
    return supposed;
  }

  /// The same request under another supposition, with the same horizon.
  public Evaluation supposing(Supposition other) {
    return new Evaluation(request, other, horizon);
  }

  /// When time alone would first make something that was evaluated come out differently;
  /// [Instant#MAX] if never.
  public Instant turns() {
    return horizon.turns();
  }

  /// Whether a time has a day, a day before and a day after, in every zone.
  static boolean hasDays(Instant time) {
    return time.getEpochSecond() > EARLIEST && time.getEpochSecond() < LATEST;
  }

  void turnsAt(Instant time) {
    horizon.turnsAt(time);
  }

  /// The value of a fact, or null if unknown.
  public @Nullable Object value(Fact fact) {
    var instead = supposed.about(fact);
    return instead != null ? instead.value() : request.about(fact.entity()).value(fact);
  }

  /// What stands behind a fact that is known, or null. Supposed facts were observed now.
  public @Nullable Evidence evidence(Fact fact) {
    var instead = supposed.about(fact);
    return instead != null
        ? new Evidence(instead.tier(), request.at())
        : request.about(fact.entity()).evidence(fact);
  }

  /// Whether the fact is known and was observed less than this long ago. Evidence dated after the
  /// request counts as observed at the request: whoever takes evidence in refuses what comes from
  /// the future.
  boolean younger(Fact fact, Duration than) {
    var behind = evidence(fact);
    if (behind == null) return false;
    if (supposed.about(fact) != null || behind.observed().getEpochSecond() > LATEST) return true;
    var end = behind.observed().plus(than);
    if (!request.at().isBefore(end)) return false;
    horizon.turnsAt(end);
    return true;
  }

  /// Whether the time or day that a fact holds lies less than this long ago, or ahead.
  Truth since(Fact fact, Duration than) {
    var then =
        switch (value(fact)) {
          case Instant time -> time;
          case LocalDate day -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
          case null, default -> null;
        };
    if (then == null) return Truth.UNKNOWN;
    if (then.getEpochSecond() > LATEST) return Truth.TRUE;
    var end = then.plus(than);
    if (!request.at().isBefore(end)) return Truth.FALSE;
    horizon.turnsAt(end);
    return Truth.TRUE;
  }

  /// The element that the quantifier at this depth is looking at.
  @Nullable Object variable(int depth) {
    return variables == null ? null : variables[depth];
  }

  void rebind(int depth, @Nullable Object outer) {
    if (variables != null) variables[depth] = outer;
  }

  void bind(int depth, Object element) {
    if (variables == null) variables = new @Nullable Object[DEEPEST];
    variables[depth] = element;
  }

  /// How many quantifiers may stand in each other.
  public static int deepest() {
    return DEEPEST;
  }
}
