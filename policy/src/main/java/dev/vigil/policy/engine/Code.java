// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

/// What the generated classes extend.
abstract class Code {

  /// Runs the sequence of this number within the class.
  abstract void run(int sequence, Frame on);

  /// The truth value (0 false, 1 unknown, 2 true) of the shared condition of this number within the
  /// class.
  abstract int truth(int condition, Frame on);
}
