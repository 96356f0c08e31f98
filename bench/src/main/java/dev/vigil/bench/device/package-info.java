// SPDX-License-Identifier: Apache-2.0
/// What trust in devices costs: enrolling them with an attestation, taking their reports and a
/// management product's word, and holding what is known of them.
///
/// Start with [DevicesCommand].
@NullMarked
package dev.vigil.bench.device;

import org.jspecify.annotations.NullMarked;
