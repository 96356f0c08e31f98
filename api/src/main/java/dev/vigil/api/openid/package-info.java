// SPDX-License-Identifier: Apache-2.0
/// The OpenID provider over HTTP: registered clients, their endpoints, and the browsers that they
/// send.
///
/// Start with [ClientEndpoints] for what clients call and [AuthorizeRoutes] for browsers.
@NullMarked
package dev.vigil.api.openid;

import org.jspecify.annotations.NullMarked;
