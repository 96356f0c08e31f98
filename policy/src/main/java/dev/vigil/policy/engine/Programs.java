// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import dev.vigil.policy.AccessRequest;
import java.util.List;

/// Programs made ready to run, in sequences of those that run together. Any number of threads may
/// run them, each on a [Frame] of its own.
public final class Programs {

  static final int PER_CLASS_BITS = 6;
  static final int PER_CLASS = 1 << PER_CLASS_BITS;

  private final Code[] sequences;
  private final Code[] shared;
  private final int sharedConditions;

  private Programs(Code[] sequences, Code[] shared, int sharedConditions) {
    this.sequences = sequences;
    this.shared = shared;
    this.sharedConditions = sharedConditions;
  }

  /// Compiles. What a sequence asks more than once is looked at once; so is a dear condition that
  /// occurs anywhere more than once.
  ///
  /// @param sequences numbers of programs
  public static Programs of(List<Program> written, List<int[]> sequences) {
    var programs = Pieces.of(written);
    var sharing = Sharing.of(programs);
    return new Programs(
        ClassWriter.sequences(programs, sequences, sharing),
        ClassWriter.shared(sharing),
        sharing.size());
  }

  /// A place to run them, made for a first request.
  public Frame frame(AccessRequest first) {
    return new Frame(this, first);
  }

  int sharedConditions() {
    return sharedConditions;
  }

  void run(int sequence, Frame on) {
    sequences[sequence >>> PER_CLASS_BITS].run(sequence & PER_CLASS - 1, on);
  }

  int truth(int condition, Frame on) {
    return shared[condition >>> PER_CLASS_BITS].run(condition & PER_CLASS - 1, on);
  }
}
