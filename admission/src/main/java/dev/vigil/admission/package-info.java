// SPDX-License-Identifier: Apache-2.0
/// admission.
@NullMarked
package dev.vigil.admission;

import org.jspecify.annotations.NullMarked;
