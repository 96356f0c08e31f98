// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Whatever stands in a policy file, it is read or refused, soon; and what was read decides.
/// `-Dvigil.seed=<number>` tries one file again.
class FuzzTest {

  /// In time of the processor. The longest that a file of the corpus takes is a hundredth of this.
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @Test
  void no_file_is_too_much_for_the_reader() throws IOException {
    var corpus = corpus();
    var loaded = new AtomicInteger();
    var one = Optional.ofNullable(Long.getLong("vigil.seed"));
    LongStream.rangeClosed(one.orElse(1L), one.orElse(Pairs.full() ? 200_000L : 3_000L))
        .parallel()
        .forEach(seed -> {
          if (read(seed, new Mutations(new Dice(seed), corpus).next())) loaded.incrementAndGet();
        });
    if (one.isEmpty()) assertThat(loaded.get()).as("some are policies still").isGreaterThan(100);
  }

  private static List<String> corpus() throws IOException {
    var corpus = new ArrayList<String>();
    var bank = Path.of(System.getProperty("vigil.root", "."), "examples", "bank", "policies");
    try (var files = Files.list(bank)) {
      for (var file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList())
        corpus.add(Files.readString(file));
    }
    try (var problems =
        FuzzTest.class.getResourceAsStream("/dev/vigil/policy/language/problems.txt")) {
      new String(Objects.requireNonNull(problems).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.contains(" =>"))
          .map(line -> line.substring(0, line.indexOf(" =>")).replace("\\n", "\n"))
          .forEach(corpus::add);
    }
    for (long seed = 1; seed < 300; seed++)
      if (seed % 24 != 0) corpus.add(Written.of(Policies.of(seed)));
    return corpus;
  }

  private static boolean read(long seed, String text) {
    var clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    try {
      var reading = PolicyReader.read(List.of(new PolicySource("p.yaml", text)), 1);
      var took = Duration.ofNanos(clock.getCurrentThreadCpuTime() - start);
      assertThat(took).as("-Dvigil.seed=%d%n%s", seed, text).isLessThan(LONGEST);
      return switch (reading) {
        case Reading.Loaded loaded -> {
          var worlds = new Worlds(seed);
          for (int i = 0; i < 3; i++)
            assertThat(loaded.set().decide(worlds.world().request())).isNotNull();
          yield true;
        }
        case Reading.Rejected rejected -> {
          assertThat(rejected.problems()).isNotEmpty();
          yield false;
        }
      };
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return fail("-Dvigil.seed=" + seed + "\n" + text, e);
    }
  }
}
