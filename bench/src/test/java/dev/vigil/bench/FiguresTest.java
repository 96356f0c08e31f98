// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Figures that are shown are the figures that were measured.
class FiguresTest {

  @Test
  void shares_are_of_the_nearest_rank() {
    var hundred = Figures.of(IntStream.rangeClosed(1, 100).asDoubleStream());
    assertThat(hundred.share(0.5)).isEqualTo(50);
    assertThat(hundred.share(0.99)).isEqualTo(99);
    assertThat(hundred.share(0)).isEqualTo(1);
    assertThat(hundred.max()).isEqualTo(100);
  }

  @Test
  void the_median_of_an_even_number_lies_between_the_middle_two() {
    assertThat(new Figures(List.of(9.0, 1.0, 3.0, 5.0)).median()).isEqualTo(4);
    assertThat(new Figures(List.of(9.0, 1.0, 3.0)).median()).isEqualTo(3);
    assertThat(new Figures(List.of(7.0)).share(0.99)).isEqualTo(7);
  }

  @Test
  void nothing_measured_is_no_figure() {
    assertThatThrownBy(() -> new Figures(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void every_command_says_how_it_is_used_and_gives_an_example() {
    var bench = (CommandLine) new BenchCommand().command();
    assertThat(bench.getSubcommands().keySet())
        .containsExactlyInAnyOrder("cut", "devices", "gateway", "policy", "signin", "start");
    assertThat(bench.getSubcommands().values())
        .allSatisfy(command ->
            assertThat(command.getUsageMessage()).contains("--help", "--json", "Example:"));
  }
}
