// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Changes;
import java.time.Duration;

/// What a refusal leaves: a security event of a type, with the code of the refusal.
record Recorded(Changes changes) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  long count(String type, String code) {
    return changes.read(view -> view.eventsAfter(0, 10_000)).stream()
        .filter(event -> event.type().equals(type))
        .filter(event -> code.equals(event.details().get("code")))
        .count();
  }

  /// Tries something, once, which must leave exactly one such event.
  void once(String type, String code, Runnable abuse) {
    long before = count(type, code);
    abuse.run();
    assertThat(count(type, code)).as(type + " " + code).isEqualTo(before + 1);
  }

  /// The same where the answer may come before the event.
  void soon(String type, String code, Runnable abuse) {
    long before = count(type, code);
    abuse.run();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (count(type, code) == before && System.nanoTime() < end) Thread.onSpinWait();
    assertThat(count(type, code)).as(type + " " + code).isEqualTo(before + 1);
  }
}
