// SPDX-License-Identifier: Apache-2.0
/// posture.
@NullMarked
package dev.vigil.posture;

import org.jspecify.annotations.NullMarked;
