// SPDX-License-Identifier: Apache-2.0
/// Devices as Microsoft Intune knows them. Start with [Intune].
@NullMarked
package dev.vigil.feeds.intune;

import org.jspecify.annotations.NullMarked;
