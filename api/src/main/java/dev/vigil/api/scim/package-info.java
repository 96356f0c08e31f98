// SPDX-License-Identifier: Apache-2.0
/// SCIM 2.0 over HTTP for identity platforms that keep people and groups here (RFC 7644), below
/// `/scim/v2`. Start with [ScimRoutes].
@NullMarked
package dev.vigil.api.scim;

import org.jspecify.annotations.NullMarked;
