// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Restrictions of permits and guards come to the same before the solver and in the engine: rules
/// with plain conditions, so that most requests are granted and which permit decides is all there
/// is to tell apart.
class RestrictionsInSmtTest {

  private static final int POLICIES = Boolean.getBoolean("vigil.full") ? 2000 : 60;
  private static final int REQUESTS = 8;
  private static final List<String> CONDITIONS =
      List.of("device.rooted", "device.managed", "device.encrypted", "device.compliant", "true");
  private static final List<String> METHODS =
      List.of("[GET, POST]", "[GET, PUT]", "[POST, PUT]", "[GET]", "[GET, POST, PUT]");

  private final TreeMap<String, Integer> outcomes = new TreeMap<>();

  @Test
  void the_least_restrictive_permit_decides_as_in_the_engine() {
    try (var solver = Solver.within(Scenes.LIMITS)) {
      for (int tried = 0, seed = 1; tried < POLICIES; seed++)
        if (PolicyReader.read(List.of(new PolicySource("it.yaml", policy(new Random(seed)))), 1)
            instanceof Reading.Loaded loaded) {
          compare(seed, new Agreement(solver, loaded.set(), List.of()), loaded);
          tried++;
        }
    }
    assertThat(outcomes).hasSize(2).allSatisfy((_, count) -> assertThat(count).isGreaterThan(50));
  }

  private void compare(long seed, Agreement agreement, Reading.Loaded loaded) {
    var requests = agreement.requests(new Random(seed));
    for (int i = 0; i < REQUESTS; i++) {
      var given = requests.next();
      var decision = loaded.set().decide(given.at(RandomRequests.NOW));
      outcomes.merge(decision.allows() ? "granted" : "not granted", 1, Integer::sum);
      assertThat(agreement.difference(given, RandomRequests.NOW))
          .as(() -> "seed %d%n%s%n%s".formatted(seed, policy(new Random(seed)), given))
          .isEmpty();
    }
  }

  private static String policy(Random random) {
    var text = new StringBuilder("permit:\n");
    for (int i = 0; i < 2 + random.nextInt(3); i++) rule("p" + i, "who", random, text);
    text.append("guard:\n");
    for (int i = 0; i < 1 + random.nextInt(3); i++) rule("g" + i, "when", random, text);
    return text.toString();
  }

  private static void rule(String name, String key, Random random, StringBuilder text) {
    text.append("  %s: {app: any, %s: \"%s\"".formatted(name, key, of(CONDITIONS, random)));
    var parts = new ArrayList<String>();
    if (random.nextInt(4) == 0) parts.add("read_only: true");
    if (random.nextInt(3) == 0) parts.add("no_download: true");
    if (random.nextInt(3) == 0) parts.add("maximum_age: " + (1 + random.nextInt(3)) + "h");
    if (random.nextInt(3) == 0) parts.add("recheck: " + (1 + random.nextInt(3)) + "m");
    if (random.nextInt(3) == 0 || (parts.isEmpty() && key.equals("when")))
      parts.add("methods: " + of(METHODS, random));
    if (!parts.isEmpty()) text.append(", restrict: {" + String.join(", ", parts) + "}");
    text.append("}\n");
  }

  private static <T> T of(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
