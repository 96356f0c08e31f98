// SPDX-License-Identifier: Apache-2.0
/// What other machines ask of the server itself: whether it lives and is ready, and the keys of the
/// identity header.
///
/// Start with [ServiceRoutes].
@NullMarked
package dev.vigil.api.service;

import org.jspecify.annotations.NullMarked;
