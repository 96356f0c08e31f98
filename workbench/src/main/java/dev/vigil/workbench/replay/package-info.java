// SPDX-License-Identifier: Apache-2.0
/// Recorded decisions decided anew under other policies.
///
/// Start with [Replay], which takes [Recorded] decisions one by one and adds up what would change;
/// [RecordLines] reads them from the lines that `vigil records export --facts` writes.
@NullMarked
package dev.vigil.workbench.replay;

import org.jspecify.annotations.NullMarked;
