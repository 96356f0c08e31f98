// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What policies say of time means the same to the solver as to the engine.
class TimeInSmtTest {

  private static final String POLICY =
      """
      window:
        nights: {days: [sat, sun], from: "22:00", to: "06:00", zone: UTC}
        office: {days: [mon, wed], from: "08:00", to: "18:00", zone: Etc/GMT-5}
        project: {zone: UTC, starts: 2026-11-20, ends: 2026-11-27}
        local: {from: "08:00", to: "18:00", zone: Europe/Zurich}
      permit:
        p: {app: any, who: 'during("nights") || during("office")'}
        r: {app: any, who: 'during("local")'}
        q: {app: any, who: 'during("project") && !during("nights") && since(device.patch_date) < duration("90d")'}
      guard:
        g: {app: any, when: 'time >= timestamp("2026-11-24T00:00:00Z")', restrict: {read_only: true, recheck: 5m}}
      """;

  @Test
  void windows_times_and_days_mean_the_same() {
    try (var solver = Solver.within(Scenes.LIMITS)) {
      var agreement = new Agreement(solver, Scenes.policy(POLICY), List.of());
      var random = new Random(7);
      var requests = agreement.requests(random);
      for (int i = 0; i < 150; i++) {
        var at = time(random);
        assertThat(agreement.difference(requests.next(), at)).as(at::toString).isEmpty();
      }
    }
  }

  /// Around the edges of the hour, within two weeks either way.
  private static Instant time(Random random) {
    return Instant.parse("2026-11-23T00:00:00Z")
        .plus(Duration.ofHours(random.nextInt(-336, 336)))
        .plusNanos(random.nextInt(-1, 2));
  }

  @Test
  void a_zone_whose_clock_is_changed_is_proved_for_both_sides_of_the_change() {
    var policy = POLICY + "forbid: {f: {app: any, when: 'during(\"local\")'}}\n";
    try (var solver = Solver.within(Scenes.LIMITS)) {
      var result = Scenes.prove(solver, policy, "p: {always: deny, when: during(\"local\")}");
      assertThat(result.getFirst().proof()).isEqualTo(new Proof.Proved(List.of(), false));
    }
  }

  @Test
  void what_is_forbidden_at_night_is_proved_of_the_night_only() {
    var properties =
        """
        nights: {never: allow, when: 'during("nights")'}
        days: {never: allow, when: 'device.rooted'}
        """;
    var policy =
        POLICY.replace("permit:", "forbid: {f: {app: any, when: 'during(\"nights\")'}}\npermit:");
    try (var solver = Solver.within(Scenes.LIMITS)) {
      var results = Scenes.prove(solver, policy, properties);
      assertThat(results.get(0).proof()).isInstanceOf(Proof.Proved.class);
      assertThat(results.get(1).proof()).isInstanceOf(Proof.Refuted.class);
    }
  }
}
