// SPDX-License-Identifier: Apache-2.0
/// Measures the promises that have numbers: how fast trust ends, what a request costs, how fast a
/// server starts.
///
/// Start with [BenchCommand].
@NullMarked
package dev.vigil.bench;

import org.jspecify.annotations.NullMarked;
