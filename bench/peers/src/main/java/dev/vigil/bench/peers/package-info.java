// SPDX-License-Identifier: Apache-2.0
/// Engines that are measured beside ours and are fetched and compiled only for that, by `vigil
/// bench policy`.
@NullMarked
package dev.vigil.bench.peers;

import org.jspecify.annotations.NullMarked;
