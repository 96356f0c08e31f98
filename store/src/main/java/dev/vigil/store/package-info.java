// SPDX-License-Identifier: Apache-2.0
/// store.
@NullMarked
package dev.vigil.store;

import org.jspecify.annotations.NullMarked;
