// SPDX-License-Identifier: Apache-2.0
/// What the solver proves is what the engine does.
@NullMarked
package dev.vigil.workbench.proof;

import org.jspecify.annotations.NullMarked;
