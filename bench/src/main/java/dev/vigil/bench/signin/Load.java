// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import dev.vigil.kernel.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Keeps so many sign-ins or refreshes under way until all are done.
final class Load {

  private final TimeSource time;

  Load(TimeSource time) {
    this.time = time;
  }

  /// What one round came to.
  ///
  /// @param millis how long each took that ended in a token
  /// @param cpuMillis of the server, for each
  /// @param ownMillis of processor time of those who ask, for each
  /// @param requests made for each
  record Round(
      int concurrency,
      double seconds,
      List<Double> millis,
      double cpuMillis,
      double ownMillis,
      double requests,
      List<String> errors) {

    double perSecond() {
      return millis.size() / seconds;
    }
  }

  /// A round, and the refresh tokens that came of it.
  record SignedIn(Round round, List<String> refreshTokens) {}

  /// Whole sign-ins, each of another person.
  SignedIn signIns(Site site, int concurrency, int count) throws IOException, InterruptedException {
    var people = site.people().next(count, site.server());
    Queue<String> tokens = new ConcurrentLinkedQueue<>();
    var round =
        round(
            site,
            concurrency,
            count,
            turn -> {
              var begun = site.app().begin();
              var back =
                  people
                      .get(turn)
                      .open(begun.page(), App.CALLBACK)
                      .orElseThrow(() -> new IOException("the browser was closed"));
              tokens.add(site.app().finish(begun, back));
            });
    site.people().back(people);
    return new SignedIn(round, List.copyOf(tokens));
  }

  /// Refreshes, with each token in turn.
  Round refreshes(Site site, List<String> tokens, int concurrency, int count)
      throws InterruptedException {
    return round(
        site, concurrency, count, turn -> site.app().refresh(tokens.get(turn % tokens.size())));
  }

  private interface Step {
    void take(int turn) throws IOException;
  }

  private Round round(Site site, int concurrency, int count, Step step)
      throws InterruptedException {
    Queue<Integer> turns = new ConcurrentLinkedQueue<>(IntStream.range(0, count).boxed().toList());
    Queue<Double> millis = new ConcurrentLinkedQueue<>();
    Queue<String> errors = new ConcurrentLinkedQueue<>();
    long requests = site.requests();
    var cpu = site.server().cpu();
    var own = own();
    long began = time.nanos();
    try (var threads = Executors.newFixedThreadPool(concurrency)) {
      for (int i = 0; i < concurrency; i++)
        threads.execute(() -> {
          for (var turn = turns.poll(); turn != null; turn = turns.poll())
            timed(step, turn, millis, errors);
        });
    }
    double seconds = (time.nanos() - began) / 1e9;
    double done = Math.max(1, millis.size());
    return new Round(
        concurrency,
        seconds,
        List.copyOf(millis),
        site.server().cpu().minus(cpu).toNanos() / 1e6 / done,
        own().minus(own).toNanos() / 1e6 / done,
        (site.requests() - requests) / done,
        new ArrayList<>(errors));
  }

  private void timed(Step step, int turn, Queue<Double> millis, Queue<String> errors) {
    long began = time.nanos();
    try {
      step.take(turn);
      millis.add((time.nanos() - began) / 1e6);
    } catch (IOException | RuntimeException e) {
      errors.add(String.valueOf(e.getMessage()));
    }
  }

  private static Duration own() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
