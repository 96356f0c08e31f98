// SPDX-License-Identifier: Apache-2.0
/// testkit.
@NullMarked
package dev.vigil.testkit;

import org.jspecify.annotations.NullMarked;
