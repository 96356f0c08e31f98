// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import java.time.Instant;

/// When time alone would first make something that was evaluated come out differently.
public final class Horizon {

  private Instant turns = Instant.MAX;

  void turnsAt(Instant time) {
    if (time.isBefore(turns)) turns = time;
  }

  void restart() {
    turns = Instant.MAX;
  }

  /// Until here every evaluation that was made has the same result; [Instant#MAX] if time plays no
  /// part.
  public Instant turns() {
    return turns;
  }
}
