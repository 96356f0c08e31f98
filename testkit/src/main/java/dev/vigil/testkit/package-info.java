// SPDX-License-Identifier: Apache-2.0
/// Fakes of the ports, correct and simple, for the tests of every other part. The contract suites
/// that prove them stand beside the real implementations.
///
/// Start with [MemoryStore] and [FaultyStore].
@NullMarked
package dev.vigil.testkit;

import org.jspecify.annotations.NullMarked;
