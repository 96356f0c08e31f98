// SPDX-License-Identifier: Apache-2.0
/// Signing in over HTTP: the OAuth endpoints for native apps, the pages with their JSON, and the
/// token endpoint that asks workloads for a certificate.
///
/// Start with [OAuthRoutes] and [PageRoutes].
@NullMarked
package dev.vigil.api.signin;

import org.jspecify.annotations.NullMarked;
