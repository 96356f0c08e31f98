// SPDX-License-Identifier: Apache-2.0
/// Registered clients: who they are, what they may be given, and what they are told. Nothing is
/// issued without a decision of the app's policies, and everything hangs from a session.
///
/// Start with [Authorizations], then [CodeGrant]; clients are registered by [Clients] and
/// authenticated by [ClientAuthentication].
@NullMarked
package dev.vigil.admission.openid;

import org.jspecify.annotations.NullMarked;
