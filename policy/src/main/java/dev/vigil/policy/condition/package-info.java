// SPDX-License-Identifier: Apache-2.0
/// Conditions as data: a closed tree of small records that evaluates in strong Kleene three-valued
/// logic, with every error unknown. No record holds anything but its parts, so that other readers
/// of the tree (compilers, solvers) need nothing from here but the shapes.
///
/// Start with [Condition] and [Truth]; what a condition is evaluated on is an [Evaluation].
@NullMarked
package dev.vigil.policy.condition;

import org.jspecify.annotations.NullMarked;
