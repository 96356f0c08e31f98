// SPDX-License-Identifier: Apache-2.0
/// Decisions for enforcement points that are not our own gateway: the OpenID AuthZEN Authorization
/// API 1.0. A registered machine shows its certificate and asks about its own apps; what it says of
/// a request is worth `reported` and never overrides what Vigil knows.
///
/// A request is read into [Asked], mapped by [Questions] to what the policies are asked, and
/// answered by [AdviceJson]. Start with [AuthzenRoutes].
@NullMarked
package dev.vigil.api.authzen;

import org.jspecify.annotations.NullMarked;
