// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import dev.vigil.policy.AccessRequest;
import java.util.List;

/// Programs made ready to run, by their number. Any number of threads may run them, each on a
/// [Frame] of its own.
public final class Programs {

  static final int PER_CLASS_BITS = 6;
  static final int PER_CLASS = 1 << PER_CLASS_BITS;

  private final Code[] programs;
  private final Code[] shared;
  private final int sharedConditions;

  private Programs(Code[] programs, Code[] shared, int sharedConditions) {
    this.programs = programs;
    this.shared = shared;
    this.sharedConditions = sharedConditions;
  }

  /// Compiles. Conditions that occur more than once are evaluated once per request.
  public static Programs of(List<Program> written) {
    var programs = Pieces.of(written);
    var sharing = Sharing.of(programs);
    return new Programs(
        ClassWriter.programs(programs, sharing), ClassWriter.shared(sharing), sharing.size());
  }

  /// A place to run them, made for a first request.
  public Frame frame(AccessRequest first) {
    return new Frame(this, first);
  }

  int sharedConditions() {
    return sharedConditions;
  }

  int run(int program, Frame on) {
    return programs[program >>> PER_CLASS_BITS].run(program & PER_CLASS - 1, on);
  }

  int truth(int condition, Frame on) {
    return shared[condition >>> PER_CLASS_BITS].truth(condition & PER_CLASS - 1, on);
  }
}
