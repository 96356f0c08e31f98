// SPDX-License-Identifier: Apache-2.0
/// The administration API under `/admin/v1`: JSON in and out, every route with the roles that may
/// use it, every change with a reason. `docs/openapi.yaml` describes it.
///
/// Start with [AdministrationRoutes]; what is read from JSON goes through [Members], what is
/// written through [Shown].
@NullMarked
package dev.vigil.api.administration;

import org.jspecify.annotations.NullMarked;
