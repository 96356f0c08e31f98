// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import dev.vigil.bench.Child;
import dev.vigil.kernel.TimeSource;
import dev.vigil.sdk.port.Browser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// People who take turns, so that nobody signs in more often than a person may.
final class People {

  private final Deque<Person> waiting = new ArrayDeque<>();
  private final Duration pause;
  private final TimeSource time;

  /// @param pause from one sign-in of a person to the next of the same person
  People(List<? extends Browser> browsers, Duration pause, TimeSource time) {
    this.pause = pause;
    this.time = time;
    for (var browser : browsers) waiting.add(new Person(browser, time.nanos()));
  }

  /// Somebody, and from when on they may sign in (again).
  private record Person(Browser browser, long from) {}

  int size() {
    return waiting.size();
  }

  /// Those whose turn it is, once all of them may sign in.
  ///
  /// @param server which must be running all the while
  List<Browser> next(int count, Child server) throws IOException, InterruptedException {
    if (count > waiting.size()) throw new IllegalArgumentException("there are fewer people");
    var chosen = new ArrayList<Browser>();
    long from = time.nanos();
    for (int i = 0; i < count; i++) {
      var person = waiting.removeFirst();
      from = Math.max(from, person.from());
      chosen.add(person.browser());
    }
    long wait = from - time.nanos();
    if (wait > 0 && !server.runsFor(Duration.ofNanos(wait)))
      throw new IOException("a server ended by itself: " + server.complaint());
    return chosen;
  }

  /// They have signed in and may do so again after the pause.
  void back(List<Browser> browsers) {
    long from = time.nanos() + pause.toNanos();
    for (var browser : browsers) waiting.addLast(new Person(browser, from));
  }
}
