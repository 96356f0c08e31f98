// SPDX-License-Identifier: Apache-2.0
/// Case files and what comes of them.
@NullMarked
package dev.vigil.workbench.suite;

import org.jspecify.annotations.NullMarked;
