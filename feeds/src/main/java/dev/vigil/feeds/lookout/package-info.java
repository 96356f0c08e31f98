// SPDX-License-Identifier: Apache-2.0
/// Devices as Lookout Mobile Endpoint Security knows them. Start with [Lookout].
@NullMarked
package dev.vigil.feeds.lookout;

import org.jspecify.annotations.NullMarked;
