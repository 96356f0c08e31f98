// SPDX-License-Identifier: Apache-2.0
/// Devices as Microsoft Defender for Endpoint knows them. Start with [Defender].
@NullMarked
package dev.vigil.feeds.defender;

import org.jspecify.annotations.NullMarked;
