// SPDX-License-Identifier: Apache-2.0
/// Devices as Zimperium Mobile Threat Defense knows them. Start with [Zimperium].
@NullMarked
package dev.vigil.feeds.zimperium;

import org.jspecify.annotations.NullMarked;
