// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The SMT solver in a process of its own, with limits on time and memory. It is started when it is
/// first asked, and again after it had to be killed. One question at a time.
///
/// Whatever is not an answer (an error, no end, a crash) is [Answer.Nothing].
public final class Solver implements AutoCloseable {

  /// How long the process may take beyond the time that the solver gives itself.
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Launch launch;
  private final Limits limits;
  private String premises = "";
  private Optional<Running> running = Optional.empty();
  private int starts;

  /// What the solver may take.
  ///
  /// @param time for each question
  /// @param megabytes of memory for its formulas
  public record Limits(Duration time, int megabytes) {
    /// A minute and a gigabyte.
    public static final Limits USUAL = new Limits(Duration.ofMinutes(1), 1024);
  }

  /// The command of the process; the megabytes and the folder are appended. A port.
  @FunctionalInterface
  interface Launch {
    List<String> command(Path folder);
  }

  /// What the solver said.
  sealed interface Answer {

    /// Its words.
    record Words(String text) implements Answer {}

    /// It said nothing that could be believed.
    record Nothing(String why) implements Answer {}
  }

  private record Running(
      Process process, DataOutputStream questions, DataInputStream answers, Path folder) {}

  Solver(Launch launch, Limits limits) {
    this.launch = launch;
    this.limits = limits;
  }

  /// The solver that comes with Vigil.
  public static Solver within(Limits limits) {
    return new Solver(SolverLaunch::command, limits);
  }

  /// How often a process had to be started.
  int starts() {
    return starts;
  }

  /// What all questions are about from now on: declarations and definitions.
  Answer suppose(String declarations) {
    premises = "(reset)\n(set-option :timeout " + limits.time().toMillis() + ")\n" + declarations;
    return running.isPresent() ? exchange(premises) : start();
  }

  /// Asks. What a question asserts it takes back itself.
  Answer ask(String question) {
    if (running.isEmpty() && start() instanceof Answer.Nothing nothing) return nothing;
    return exchange(question);
  }

  private Answer start() {
    try {
      var folder = Files.createTempDirectory("vigil-solver");
      var words = new ArrayList<>(launch.command(folder));
      words.addAll(List.of(Integer.toString(limits.megabytes()), folder.toString()));
      var command = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
      running = Optional.of(running(command, folder));
      starts++;
      return exchange(premises);
    } catch (IOException e) {
      return new Answer.Nothing("the solver cannot be started: " + e.getMessage());
    }
  }

  private static Running running(ProcessBuilder command, Path folder) throws IOException {
    try {
      var process = command.start();
      return new Running(
          process,
          new DataOutputStream(process.getOutputStream()),
          new DataInputStream(new BufferedInputStream(process.getInputStream())),
          folder);
    } catch (IOException e) {
      Folders.delete(folder);
      throw e;
    }
  }

  private Answer exchange(String question) {
    var there = running.orElseThrow();
    var answer = new CompletableFuture<String>();
    var talk = Thread.ofVirtual().start(() -> talk(there, question, answer));
    try {
      var text = answer.get(limits.time().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
      return text.contains("(error") || text.contains("unsupported")
          ? new Answer.Nothing("the solver reports " + text.strip())
          : new Answer.Words(text);
    } catch (TimeoutException e) {
      return lost("the solver did not answer within " + limits.time().toSeconds() + " s");
    } catch (ExecutionException e) {
      return lost("the solver ended without an answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lost("nobody waited for the solver's answer");
    } finally {
      talk.interrupt();
    }
  }

  private static void talk(Running with, String question, CompletableFuture<String> answer) {
    try {
      Frames.write(with.questions, question);
      answer.complete(Frames.read(with.answers));
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }

  private Answer lost(String why) {
    close();
    return new Answer.Nothing(why);
  }

  /// Ends the process and takes its files away.
  @Override
  public void close() {
    running.ifPresent(there -> {
      there.process.destroyForcibly();
      boolean interrupted = false;
      try {
        there.process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
      Folders.delete(there.folder);
      if (interrupted) Thread.currentThread().interrupt();
    });
    running = Optional.empty();
  }
}
