// SPDX-License-Identifier: Apache-2.0
/// Policies that others' products exported, carried over into Vigil's language: never into
/// something weaker, and with a list of what could not be carried over and why.
///
/// Start with [Import], which does it; [Imported] is what comes of it, [Item] what became of one
/// policy and [Finding] one thing that was not carried over as it stood. [Bool] keeps a condition
/// with the parts that cannot be said here, so that it can be made stricter but not weaker.
@NullMarked
package dev.vigil.workbench.imports;

import org.jspecify.annotations.NullMarked;
