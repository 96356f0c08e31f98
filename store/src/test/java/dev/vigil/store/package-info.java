// SPDX-License-Identifier: Apache-2.0
/// One contract for every store, what survives a killed process, and what a broken disk may do.
///
/// Start with [StoreContract].
@NullMarked
package dev.vigil.store;

import org.jspecify.annotations.NullMarked;
