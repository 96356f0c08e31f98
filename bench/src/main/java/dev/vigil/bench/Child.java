// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A process of ours beside this one. Closing it ends it and all that it started.
public final class Child implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;

  private final Process process;
  private final Path log;
  private final BufferedReader output;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.output = process.inputReader();
  }

  /// Runs a program; what it says about errors goes to `log`.
  public static Child program(Path log, List<String> command) throws IOException {
    return new Child(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /// Runs a program that talks much; all that it says goes to `log`.
  public static Child service(Path log, List<String> command, Map<String, String> environment)
      throws IOException {
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new Child(builder.start(), log);
  }

  /// Runs a class of ours on a Java machine like this one, with the same flags.
  public static Child java(Path log, String type, String... arguments) throws IOException {
    return java(log, List.of(), type, arguments);
  }

  /// The same with further flags for the Java machine.
  public static Child java(Path log, List<String> flags, String type, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), type));
    command.addAll(List.of(arguments));
    return program(log, command);
  }

  /// Waits for the first line that begins like this.
  ///
  /// @throws IOException if the process ends before
  public String await(String beginning) throws IOException {
    return await(beginning, _ -> {});
  }

  /// The same.
  ///
  /// @param others gets the lines before
  public String await(String beginning, Consumer<String> others) throws IOException {
    while (true) {
      String line = output.readLine();
      if (line == null) throw new IOException("a process ended early: " + complaint());
      if (line.startsWith(beginning)) return line;
      others.accept(line);
    }
  }

  /// What it said about errors.
  public String complaint() throws IOException {
    return Files.readString(log).strip();
  }

  /// Gives it everything it will ever read.
  void feed(String text) throws IOException {
    try (var input = process.outputWriter()) {
      input.write(text);
    }
  }

  /// Whether it is still running after this long.
  public boolean runsFor(Duration duration) throws InterruptedException {
    return !process.waitFor(duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Whether it ended by itself, and well.
  public boolean succeeded() {
    return !process.isAlive() && process.exitValue() == 0;
  }

  /// Processor time so far, user and system, of the process and all below it.
  public Duration cpu() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// Resident memory in MiB, as Linux counts it.
  double residentMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")))
      if (line.startsWith("VmRSS:"))
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
    throw new IOException("the system does not say how much memory a process has");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
