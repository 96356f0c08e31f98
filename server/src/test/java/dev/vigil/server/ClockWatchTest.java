// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// When the wall clock is no longer believed.
class ClockWatchTest {

  private final Clocks clocks = new Clocks();
  private final ClockWatch watch = new ClockWatch(clocks);

  private static final class Clocks implements TimeSource {
    private Instant wall = Instant.parse("2026-11-22T12:00:00Z");
    private long nanos = -5;

    void pass(Duration monotonic, Duration wallToo) {
      nanos += monotonic.toNanos();
      wall = wall.plus(wallToo);
    }

    @Override
    public Instant now() {
      return wall;
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }

  private boolean after(double monotonic, double wall) {
    clocks.pass(
        Duration.ofMillis((long) (monotonic * 1000)), Duration.ofMillis((long) (wall * 1000)));
    return watch.stillTrusted();
  }

  @Test
  void clocks_that_agree_are_believed() {
    for (int i = 0; i < 100; i++) assertThat(after(1, 1)).isTrue();
  }

  @Test
  void a_leap_second_is_no_harm() {
    assertThat(after(1, 0)).isTrue();
  }

  @Test
  void a_step_back_is_never_forgiven_even_if_the_clock_is_set_right_again() {
    assertThat(after(1, 1)).isTrue();
    assertThat(after(1, -3)).isFalse();
    assertThat(after(1, 60)).isFalse();
  }

  @Test
  void many_small_steps_back_are_one() {
    assertThat(after(10, 9.5)).isTrue();
    assertThat(after(10, 9.5)).isTrue();
    assertThat(after(10, 9.5)).isTrue();
    assertThat(after(10, 9)).isFalse();
  }

  @Test
  void a_step_forward_is_believed_and_going_back_from_it_is_not() {
    assertThat(after(1, 3600)).isTrue();
    assertThat(after(1, 1)).isTrue();
    assertThat(after(1, -3590)).isFalse();
  }
}
