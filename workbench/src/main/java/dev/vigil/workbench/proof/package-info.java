// SPDX-License-Identifier: Apache-2.0
/// Proofs about policies: what rules mean, said to an SMT solver, and its answers checked against
/// the engine.
///
/// Start with [Prover] and [Comparer] (the questions), then [RulesInSmt] and [ConditionInSmt] (the
/// meaning, two booleans for each three-valued term) and [Solver] (the process that answers). What
/// cannot be said exactly is an [Outside], and then nothing is proved.
@NullMarked
package dev.vigil.workbench.proof;

import org.jspecify.annotations.NullMarked;
