// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.kernel.TimeSource;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Policies and properties written in a test.
final class Scenes {

  static final Solver.Limits LIMITS = new Solver.Limits(Duration.ofSeconds(30), 512);

  /// It is always the same time, so nothing takes any.
  static final TimeSource TIME =
      new TimeSource() {
        @Override
        public Instant now() {
          return RandomRequests.NOW;
        }

        @Override
        public long nanos() {
          return 0;
        }
      };

  private Scenes() {}

  static CompiledPolicySet policy(String text) {
    return switch (PolicyReader.read(List.of(new PolicySource("policy.yaml", text)), 1)) {
      case Reading.Loaded loaded -> loaded.set();
      case Reading.Rejected rejected -> throw new AssertionError(rejected.problems() + "\n" + text);
    };
  }

  static List<Property> properties(String policy, String text) {
    return switch (PropertyReader.read(
        List.of(new PolicySource("policy.yaml", policy)),
        List.of(new PolicySource("some.properties.yaml", text)))) {
      case PropertyReading.Loaded loaded -> loaded.properties();
      case PropertyReading.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }

  static List<Prover.Result> prove(Solver solver, String policy, String properties) {
    return new Prover(solver, TIME, policy(policy)).prove(properties(policy, properties));
  }
}
