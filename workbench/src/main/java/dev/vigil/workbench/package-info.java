// SPDX-License-Identifier: Apache-2.0
/// Work on policies before they decide anything: cases, proofs, comparisons, replays and imports.
/// None of it runs on the path of a request.
@NullMarked
package dev.vigil.workbench;

import org.jspecify.annotations.NullMarked;
