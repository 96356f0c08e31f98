// SPDX-License-Identifier: Apache-2.0
/// Records decided again.
@NullMarked
package dev.vigil.workbench.replay;

import org.jspecify.annotations.NullMarked;
