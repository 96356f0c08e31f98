// SPDX-License-Identifier: Apache-2.0
/// The scenes of the demo: each plays one promise over the wire and says what was expected and what
/// came.
///
/// Start with [Scene]; [Player] plays them and prints one line each.
@NullMarked
package dev.vigil.demo.scene;

import org.jspecify.annotations.NullMarked;
