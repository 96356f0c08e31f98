// SPDX-License-Identifier: Apache-2.0
/// Other enforcement points, as they ask over the wire.
@NullMarked
package dev.vigil.api.authzen;

import org.jspecify.annotations.NullMarked;
