// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import java.util.Collection;
import java.util.function.Consumer;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/// Tells how far a run is, one line for each benchmark; what a benchmark has to complain about is
/// passed on.
final class Progress implements OutputFormat {

  private final int all;
  private final Consumer<String> tell;
  private int begun;

  /// @param all how many benchmarks the run has
  Progress(int all, Consumer<String> tell) {
    this.all = all;
    this.tell = tell;
  }

  @Override
  public void startBenchmark(BenchmarkParams params) {
    var what = new StringBuilder(params.getBenchmark().replaceAll(".*\\.", ""));
    for (var key : params.getParamsKeys()) what.append(' ').append(params.getParam(key));
    tell.accept("%d of %d: %s".formatted(++begun, all, what));
  }

  @Override
  public void println(String text) {
    if (text.contains("Exception") || text.contains("ERROR")) tell.accept(text.strip());
  }

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {}

  @Override
  public void iterationResult(
      BenchmarkParams params, IterationParams iteration, int number, IterationResult result) {}

  @Override
  public void endBenchmark(BenchmarkResult result) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> results) {}

  @Override
  public void print(String text) {}

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public void verbosePrintln(String text) {}

  @Override
  public void write(int single) {}

  @Override
  public void write(byte[] many) {}
}
