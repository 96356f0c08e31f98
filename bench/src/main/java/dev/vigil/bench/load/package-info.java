// SPDX-License-Identifier: Apache-2.0
/// Processes beside the measured one: who asks, and who answers behind the gateway. Their work is
/// not counted.
///
/// Start with [Load].
@NullMarked
package dev.vigil.bench.load;

import org.jspecify.annotations.NullMarked;
