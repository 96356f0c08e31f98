// SPDX-License-Identifier: Apache-2.0
/// Cases beside the policies: given such a request, expect such an answer.
///
/// Start with [Suite], which reads case files and runs them; what came of a case is a [CaseResult],
/// and [Coverage] says which rules the cases touched.
@NullMarked
package dev.vigil.workbench.suite;

import org.jspecify.annotations.NullMarked;
