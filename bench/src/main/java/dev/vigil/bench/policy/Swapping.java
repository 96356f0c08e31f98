// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.PolicySet;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.policy.rule.Rules;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a new policy set of 10,000 rules costs: reading it, and putting it in the place of another.
/// The first of the iterations is that of a process that has just started.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 3)
@Fork(1)
public class Swapping {

  private static final int ROUNDS = 200_000;

  /// The text of the policies.
  @State(Scope.Benchmark)
  public static class Written {
    private final List<PolicySource> sources = Corpus.of(Plan.HEADLINE).sources();
  }

  /// A set that is at work, and another that is ready to take its place.
  @State(Scope.Benchmark)
  public static class Working {
    private volatile PolicySet working = new CompiledPolicySet(Rules.NONE, 0);
    private final AccessRequest request = Phones.request(0, Situation.ALLOWED);
    private CompiledPolicySet ready = new CompiledPolicySet(Rules.NONE, 0);

    @Setup(Level.Iteration)
    public void prepare() {
      if (ready.rules().permits().isEmpty()) ready = Corpus.of(Plan.HEADLINE).load();
      working = ready;
      for (int i = 0; i < ROUNDS; i++) Situation.ALLOWED.expect(working.decide(request));
      ready = new CompiledPolicySet(ready.rules(), ready.version() + 1);
    }
  }

  /// Reads and compiles.
  @Benchmark
  public CompiledPolicySet load(Written written) {
    return Corpus.load(written.sources);
  }

  /// Swaps, and decides for the first time with the new set.
  @Benchmark
  public Decision swap(Working sets) {
    sets.working = sets.ready;
    return sets.working.decide(sets.request);
  }
}
