// SPDX-License-Identifier: Apache-2.0
/// The faces of the server over HTTP; nothing but packages. Each face is a list of routes over use
/// cases of `admission`, and says beside each route who may call it.
///
/// Start with `http`, the edge that all faces share; then `signin`, `device`, `administration`,
/// `authzen` and `service`, one face each.
@NullMarked
package dev.vigil.api;

import org.jspecify.annotations.NullMarked;
