// SPDX-License-Identifier: Apache-2.0
/// What a decision costs, beside other engines on the same rules: benchmarks for the Java
/// Microbenchmark Harness and the command that runs them. Start with [PolicyCommand].
@NullMarked
package dev.vigil.bench.policy;

import org.jspecify.annotations.NullMarked;
