// SPDX-License-Identifier: Apache-2.0
/// Documents that people write beside policies, as trees in which every part knows its place. Plain
/// YAML and JSON only, bounded in size, depth and number of parts.
///
/// Start with [Document]; [Node] is the tree, [Keys] reads the keys of a mapping, and [Report]
/// collects everything that is wrong.
@NullMarked
package dev.vigil.workbench.document;

import org.jspecify.annotations.NullMarked;
