// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The answer to an [AccessRequest]. Precedence of outcomes: deny, remediate, step up, restricted,
/// allow.
public sealed interface Decision {

  /// Why, for how long, and on what it depends.
  Basis basis();

  /// Go ahead; the enforcement point can carry out every obligation or denies.
  record Allow(Basis basis, Obligations obligations) implements Decision {}

  /// A further authentication would let this person in (RFC 9470).
  record StepUp(Basis basis, List<Step.Authenticate> steps) implements Decision {
    public StepUp {
      steps = List.copyOf(steps);
    }
  }

  /// The person must fix something on the device first; authentication steps may come with it.
  record Remediate(Basis basis, List<Step> steps) implements Decision {
    public Remediate {
      steps = List.copyOf(steps);
    }
  }

  /// No, and nothing that the person could do is offered.
  record Deny(Basis basis) implements Decision {}

  /// Whether access is granted, restricted or not.
  default boolean allows() {
    return this instanceof Allow;
  }

  /// The same with another end in time.
  default Decision until(Instant time) {
    return switch (this) {
      case Allow(Basis basis, Obligations obligations) -> new Allow(basis.until(time), obligations);
      case StepUp(Basis basis, List<Step.Authenticate> steps) ->
          new StepUp(basis.until(time), steps);
      case Remediate(Basis basis, List<Step> steps) -> new Remediate(basis.until(time), steps);
      case Deny(Basis basis) -> new Deny(basis.until(time));
    };
  }

  /// What a decision rests on.
  ///
  /// @param deciding the rules that decided, by name; empty for the default deny
  /// @param reasons every unmet requirement and matching forbid, most important first
  /// @param validUntil until when time alone changes nothing, never later than it does;
  ///   [Instant#MAX] if time plays no part
  /// @param dependsOn the facts that the rules mention which may apply: nothing else matters
  /// @param policyVersion the version of the set that decided
  record Basis(
      List<String> deciding,
      List<Reason> reasons,
      Instant validUntil,
      Set<Fact> dependsOn,
      long policyVersion) {
    public Basis {
      deciding = List.copyOf(deciding);
      reasons = List.copyOf(reasons);
      dependsOn = Set.copyOf(dependsOn);
    }

    /// The same with another end in time.
    public Basis until(Instant time) {
      return new Basis(deciding, reasons, time, dependsOn, policyVersion);
    }
  }

  /// One reason.
  ///
  /// @param rule the rule it comes from
  /// @param requirement the requirement that is unmet, or the rule itself for a forbid
  /// @param text a sentence for the person: the condition, never values or secrets
  record Reason(String rule, String requirement, Sentence text) {}

  /// Something that, once done, would let this person in.
  sealed interface Step {

    /// Authenticate again or stronger.
    ///
    /// @param strength the authentication strength asked for (RFC 9470 `acr_values`); empty if any
    ///   will do
    /// @param maxAge how old it may be, in seconds (RFC 9470 `max_age`); -1 if any age will do
    /// @param transaction whether exactly this action must be approved
    record Authenticate(String strength, long maxAge, boolean transaction, Sentence text)
        implements Step {}

    /// Fix the device.
    ///
    /// @param fix a stable code such as `update-os`
    /// @param open where in the phone's settings; empty if nowhere in particular
    record Fix(String fix, Sentence text, Optional<SettingsPage> open) implements Step {

      /// Nowhere in particular.
      public Fix(String fix, Sentence text) {
        this(fix, text, Optional.empty());
      }
    }
  }
}
