// SPDX-License-Identifier: Apache-2.0
/// What is kept: the truth on SQL, decision records in append-only segments, and backups of both.
///
/// Start with [DataFolder] and [SqlStore]; one group-committing writer gives all changes one order.
@NullMarked
package dev.vigil.store;

import org.jspecify.annotations.NullMarked;
