// SPDX-License-Identifier: Apache-2.0
/// The bank of the case, played on real parts: `vigil demo`.
///
/// Start with [DemoCommand]; [dev.vigil.demo.bank.Bank] is the world, [dev.vigil.demo.scene.Show]
/// the scenes.
@NullMarked
package dev.vigil.demo;

import org.jspecify.annotations.NullMarked;
