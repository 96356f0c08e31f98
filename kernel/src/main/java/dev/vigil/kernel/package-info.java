// SPDX-License-Identifier: Apache-2.0
/// The names of things, checked when they are made: ids, secrets, digests, evidence tiers, time and
/// randomness as arguments, and the one shape of an answer that may be a refusal.
///
/// Start with [Outcome] and [Refusal]; nothing here does I/O, reads a clock or draws a random
/// number.
@NullMarked
package dev.vigil.kernel;

import org.jspecify.annotations.NullMarked;
