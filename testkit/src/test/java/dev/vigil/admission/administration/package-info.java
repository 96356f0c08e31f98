// SPDX-License-Identifier: Apache-2.0
/// Scenes of administration, on the store in memory.
@NullMarked
package dev.vigil.admission.administration;

import org.jspecify.annotations.NullMarked;
