// SPDX-License-Identifier: Apache-2.0
/// What is kept: the truth on SQL, decision records in append-only segments, and backups of both.
/// One group-committing writer gives all changes one order; nothing is acknowledged before it is on
/// disk, and a record that was damaged is noticed when it is read.
///
/// Start with [DataFolder], which says who may open what, and [SqlStore], the truth. Decision
/// records are written by [RecordedDecisions]; [Backup] and [Restore] move everything, whole or not
/// at all. What can go wrong stands in [StoreRefusal].
@NullMarked
package dev.vigil.store;

import org.jspecify.annotations.NullMarked;
