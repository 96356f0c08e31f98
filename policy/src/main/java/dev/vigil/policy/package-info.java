// SPDX-License-Identifier: Apache-2.0
/// Facts in, decision out: the language of conditional access, its compiler and its decisions.
/// Pure: no I/O, no clock, no randomness; anyone could embed it.
///
/// Start with [AccessRequest], [PolicySet] and [Decision]; the names an expression may use stand in
/// [FactsSchema]. Policies are read by `language`, mean what `rule` says, and consist of what
/// `condition` holds; none of these is imported here.
@NullMarked
package dev.vigil.policy;

import org.jspecify.annotations.NullMarked;
