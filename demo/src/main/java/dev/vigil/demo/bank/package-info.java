// SPDX-License-Identifier: Apache-2.0
/// The bank of the demo: its apps, its people, its partner and its phones.
///
/// Start with [UpstreamApp].
@NullMarked
package dev.vigil.demo.bank;

import org.jspecify.annotations.NullMarked;
