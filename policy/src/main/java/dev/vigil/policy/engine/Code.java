// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

/// What the generated classes extend: a class holds sequences of programs, or shared conditions.
abstract class Code {

  /// Runs what has this number within the class. The answer is the truth value (0 false, 1 unknown,
  /// 2 true) of a shared condition; of a sequence it says nothing.
  abstract int run(int number, Frame on);
}
