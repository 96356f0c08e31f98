// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// The solver's process: whatever goes wrong in it is no answer, and nothing of it stays behind.
class SolverTest {

  private static final Solver.Limits SHORT = new Solver.Limits(Duration.ofMillis(300), 256);
  private static final String POLICY =
      """
      permit:
        all: {app: any, who: "true"}
      """;

  private static void givesNoAnswer(Solver.Launch launch) {
    try (var solver = new Solver(launch, SHORT)) {
      var results = Scenes.prove(solver, POLICY, "it: {never: allow, when: device.rooted}");
      assertThat(results.getFirst().proof()).isInstanceOf(Proof.NotProved.class);
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_solver_that_hangs_gives_no_answer() {
    givesNoAnswer(folder -> List.of("sh", "-c", "exec sleep 60"));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_solver_that_dies_gives_no_answer() {
    givesNoAnswer(folder -> List.of("sh", "-c", "exit 3"));
    givesNoAnswer(folder -> List.of("sh", "-c", "kill -9 $$"));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_solver_that_talks_nonsense_gives_no_answer() {
    givesNoAnswer(folder -> List.of("sh", "-c", "echo unsat unsat unsat; exec sleep 60"));
    givesNoAnswer(
        folder -> List.of("sh", "-c", "printf '\\000\\000\\000\\005unsat'; exec sleep 60"));
  }

  @Test
  void a_solver_that_is_not_there_gives_no_answer() {
    givesNoAnswer(folder -> List.of("/no/such/solver"));
  }

  @Test
  void a_question_without_end_is_given_up_and_the_next_is_answered() {
    try (var solver = Solver.within(SHORT)) {
      solver.suppose("(declare-const x Int)(declare-const y Int)(declare-const z Int)");
      var hard =
          solver.ask(
              "(push 1)(assert (and (> x 2) (> y 2) (> z 2) (= (+ (* x x x x x) (* y y y y y)) (* z"
                  + " z z z z))))(check-sat)(pop 1)");
      assertThat(hard)
          .isNotEqualTo(new Solver.Answer.Words("sat\n"))
          .isNotEqualTo(new Solver.Answer.Words("unsat\n"));
      assertThat(solver.ask("(push 1)(assert (> x 2))(check-sat)(pop 1)"))
          .isEqualTo(new Solver.Answer.Words("sat\n"));
    }
  }

  @Test
  void an_error_is_no_answer() {
    try (var solver = Solver.within(SHORT)) {
      solver.suppose("(declare-const x Int)");
      assertThat(solver.ask("(assert (= x y))(check-sat)"))
          .isInstanceOf(Solver.Answer.Nothing.class);
      assertThat(solver.ask("(frobnicate)(check-sat)")).isInstanceOf(Solver.Answer.Nothing.class);
    }
  }

  @Test
  void nothing_stays_behind() throws IOException {
    var before = folders();
    try (var solver = Solver.within(Scenes.LIMITS)) {
      solver.suppose("(declare-const x Int)");
      assertThat(solver.ask("(check-sat)")).isEqualTo(new Solver.Answer.Words("sat\n"));
      assertThat(solver.starts()).isEqualTo(1);
    }
    assertThat(folders()).isEqualTo(before);
    assertThat(ProcessHandle.current().descendants())
        .noneMatch(
            child -> child.info().commandLine().orElse("").contains(SolverMain.class.getName()));
  }

  private static List<Path> folders() throws IOException {
    try (var entries = Files.list(Path.of(System.getProperty("java.io.tmpdir", "/tmp")))) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith("vigil-solver"))
          .sorted()
          .toList();
    }
  }

  @Test
  void the_process_has_only_what_it_needs_on_its_class_path() {
    var command = SolverLaunch.command(Path.of("folder"));
    var classPath = command.get(command.indexOf("-cp") + 1);
    assertThat(classPath).contains("z3-turnkey").doesNotContain("cel-").doesNotContain("junit");
  }
}
