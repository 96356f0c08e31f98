// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import dev.vigil.policy.Decision;

/// What comes of a request.
public enum Situation {
  ALLOWED,
  /// No permit is about this person.
  NOT_PERMITTED,
  /// The person is where nobody may be.
  FORBIDDEN,
  /// The person has to sign in again.
  STEP_UP,
  /// The phone has to be brought up to date.
  REMEDIATE;

  /// Makes sure that what is measured is what is meant.
  void expect(Decision decision) {
    boolean expected =
        switch (this) {
          case ALLOWED -> decision instanceof Decision.Allow;
          case NOT_PERMITTED, FORBIDDEN -> decision instanceof Decision.Deny;
          case STEP_UP -> decision instanceof Decision.StepUp;
          case REMEDIATE -> decision instanceof Decision.Remediate;
        };
    if (!expected) throw new IllegalStateException("not " + this + ": " + decision);
  }
}
