// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.policy.rule.Rules;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What one decision costs here: binding the facts, finding the rules, evaluating them, answering.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Vigil {

  private static final int PHONES = 64;
  private static final int STRANGERS = 1 << 12;

  /// A policy set and requests that come round again.
  public abstract static class Asked {

    private CompiledPolicySet set = new CompiledPolicySet(Rules.NONE, 0);
    private AccessRequest[] requests = {};
    private int next;

    final void prepare(String cell, int phones, Situation situation) {
      set = Corpus.of(cell).load();
      requests = new AccessRequest[phones];
      for (int i = 0; i < phones; i++) {
        requests[i] = Phones.request(i, situation);
        situation.expect(set.decide(requests[i]));
      }
    }

    final Decision decide() {
      return set.decide(requests[next++ & requests.length - 1]);
    }
  }

  /// Phones that ask again and again, with the same facts.
  @State(Scope.Benchmark)
  public static class Known extends Asked {
    @Param(Plan.HEADLINE)
    public String known = "";

    @Setup
    public void prepare() {
      prepare(known, PHONES, Situation.ALLOWED);
    }
  }

  /// Requests that were never seen before, or so long ago that nothing is left of them.
  @State(Scope.Benchmark)
  public static class Strangers extends Asked {
    @Param(Plan.HEADLINE)
    public String strangers = "";

    @Setup
    public void prepare() {
      prepare(strangers, STRANGERS, Situation.ALLOWED);
    }
  }

  /// Phones that are not let in.
  @State(Scope.Benchmark)
  public static class TurnedAway extends Asked {
    @Param({"NOT_PERMITTED", "FORBIDDEN", "STEP_UP", "REMEDIATE"})
    public Situation situation = Situation.STEP_UP;

    @Setup
    public void prepare() {
      prepare(Plan.HEADLINE, PHONES, situation);
    }
  }

  @Benchmark
  public Decision known(Known phones) {
    return phones.decide();
  }

  @Benchmark
  public Decision strangers(Strangers phones) {
    return phones.decide();
  }

  @Benchmark
  public Decision turnedAway(TurnedAway phones) {
    return phones.decide();
  }

  /// What reading the clock twice costs, which every other figure of a single decision contains.
  @Benchmark
  public void clock() {}
}
