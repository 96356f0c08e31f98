// SPDX-License-Identifier: Apache-2.0
/// keys.
@NullMarked
package dev.vigil.keys;

import org.jspecify.annotations.NullMarked;
