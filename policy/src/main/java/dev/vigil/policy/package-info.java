// SPDX-License-Identifier: Apache-2.0
/// Facts in, decision out: the language of conditional access, its compiler and its decisions. Pure: no I/O, no clock,
/// no randomness; anyone could embed it.
///
/// Start with [AccessRequest], [PolicySet] and [Decision]; the names an expression may use stand in [FactsSchema].
@NullMarked
package dev.vigil.policy;

import org.jspecify.annotations.NullMarked;
