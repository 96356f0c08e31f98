// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.PolicySet;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Policies that a test writes as a function, where the language itself is not what is tested.
public final class Policies {

  private Policies() {}

  /// A set of version 1 that answers as the function does.
  public static PolicySet deciding(Function<AccessRequest, Decision> function) {
    return deciding(1, function);
  }

  /// A set of a given version that answers as the function does.
  public static PolicySet deciding(long version, Function<AccessRequest, Decision> function) {
    return new PolicySet() {
      @Override
      public long version() {
        return version;
      }

      @Override
      public Decision decide(AccessRequest request) {
        return function.apply(request);
      }

      @Override
      public boolean conceivable(AccessRequest request) {
        return true;
      }

      @Override
      public Set<Fact> mentioned() {
        return Set.of();
      }
    };
  }

  /// A basis that says nothing and lasts for ever.
  public static Decision.Basis basis() {
    return basis(Instant.MAX);
  }

  /// A basis that says nothing and lasts until then.
  public static Decision.Basis basis(Instant validUntil) {
    return new Decision.Basis(List.of(), List.of(), validUntil, Set.of(), 1);
  }

  public static Decision allow() {
    return allow(Obligations.NONE);
  }

  public static Decision allow(Obligations obligations) {
    return new Decision.Allow(basis(), obligations);
  }

  public static Decision deny() {
    return new Decision.Deny(basis());
  }
}
