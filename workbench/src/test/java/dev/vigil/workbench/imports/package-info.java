// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.vigil.workbench.imports;

import org.jspecify.annotations.NullMarked;
