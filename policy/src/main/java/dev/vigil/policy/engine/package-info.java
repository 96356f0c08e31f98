// SPDX-License-Identifier: Apache-2.0
/// Conditions as byte code. What a condition means is said in `dev.vigil.policy.condition`; here
/// the same comes out faster, and the laws of every policy are tried on both.
///
/// Start with [Programs]; what a program runs on is a [Frame].
@NullMarked
package dev.vigil.policy.engine;

import org.jspecify.annotations.NullMarked;
