// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.bench.Report;
import dev.vigil.server.SystemTime;
import dev.vigil.server.cli.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/// A short run against a real server, without the peer.
class SignInCommandTest {

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void everybody_is_signed_in_and_what_was_not_measured_is_no_number() {
    var terminal = new Terminal(new PrintWriter(output), new PrintWriter(errors), Optional.empty());
    var command = new CommandLine(new SignInCommand(new Report(terminal), new SystemTime()));
    int code = command.execute("--quick", "--alone", "--people", "8", "--json");
    assertThat(code).as(errors.toString()).isZero();
    var figures =
        JsonMapper.builder().build().readTree(output.toString().lines().toList().getLast());
    assertThat(figures.path("errors").asInt(-1)).isZero();
    for (String name :
        new String[] {
          "signins_per_second",
          "cpu_ms_per_signin",
          "p50_ms",
          "p99_ms",
          "token_requests_per_second",
          "whole_signin_ms"
        }) assertThat(figures.path(name).asDouble()).as(name).isPositive();
    // two rounds; an eighth of them alone, half of them at a time
    assertThat(figures.at("/vigil/signins_1_at_a_time/done").asInt()).isEqualTo(2);
    assertThat(figures.at("/vigil/signins_16_at_a_time/done").asInt()).isEqualTo(8);
    // push, page, visit, options, answer, the way back, token
    assertThat(figures.at("/vigil/signins_1_at_a_time/requests").asDouble()).isEqualTo(7);
    for (String name : Results.PEER)
      assertThat(figures.path(name).asString()).startsWith("not measured: ");
  }
}
