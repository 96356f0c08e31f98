// SPDX-License-Identifier: Apache-2.0
/// Ready-made rules for phones, to begin with.
///
/// Start with [Baseline].
@NullMarked
package dev.vigil.workbench.baseline;

import org.jspecify.annotations.NullMarked;
