// SPDX-License-Identifier: Apache-2.0
/// Pages of the documentation that are made from the code, so that they cannot drift.
///
/// Start with [FactsPage].
@NullMarked
package dev.vigil.workbench.reference;

import org.jspecify.annotations.NullMarked;
