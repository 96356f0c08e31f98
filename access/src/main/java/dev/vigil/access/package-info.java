// SPDX-License-Identifier: Apache-2.0
/// access.
@NullMarked
package dev.vigil.access;

import org.jspecify.annotations.NullMarked;
