// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What conditions are evaluated on: a request, perhaps with supposed facts laid over it, and the
/// trace of what was read. For one thread and one decision.
public final class Evaluation {

  private static final int DEEPEST = 4;
  private static final long LATEST =
      Instant.MAX.getEpochSecond() - Duration.ofDays(100_000).toSeconds();

  private final AccessRequest request;
  private final Supposition supposed;
  private final Trace trace;
  private @Nullable Object @Nullable [] variables;

  public Evaluation(AccessRequest request, Supposition supposed, Trace trace) {
    this.request = request;
    this.supposed = supposed;
    this.trace = trace;
  }

  /// The request that is decided.
  public AccessRequest request() {
    return request;
  }

  /// What is supposed beside the request.
  public Supposition supposed() {
    return supposed;
  }

  /// The same request under another supposition; what is read goes to the same trace.
  public Evaluation supposing(Supposition other) {
    return new Evaluation(request, other, trace);
  }

  /// The value of a fact, or null if unknown.
  public @Nullable Object value(Fact fact) {
    trace.read(fact);
    var instead = supposed.about(fact);
    return instead != null ? instead.value() : request.about(fact.entity()).valueAt(fact.slot());
  }

  /// What stands behind a fact that is known, or null. Supposed facts were observed now.
  public @Nullable Evidence evidence(Fact fact) {
    trace.read(fact);
    var instead = supposed.about(fact);
    if (instead != null) return new Evidence(instead.tier(), request.at());
    var facts = request.about(fact.entity());
    return facts.valueAt(fact.slot()) == null ? null : facts.evidenceAt(fact.slot());
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
    trace.turnsAt(end);
    return true;
  }

  /// The element that the quantifier at this depth is looking at.
  @Nullable Object variable(int depth) {
    return variables == null ? null : variables[depth];
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
