// SPDX-License-Identifier: Apache-2.0
/// What authors are told: one line per case in `problems.txt`. Start with [ProblemsTest].
@NullMarked
package dev.vigil.policy.language;

import org.jspecify.annotations.NullMarked;
