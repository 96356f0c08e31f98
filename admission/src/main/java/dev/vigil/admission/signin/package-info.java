// SPDX-License-Identifier: Apache-2.0
/// Signing in: pushed requests, the visit of a browser that answers one, passkey ceremonies, codes,
/// tokens, sessions, approvals of transactions, and the first passkey of a person. Every one-time
/// value is spent in the store.
///
/// Start with [PushedRequests], then [Visits], [SignIn], [Tokens]; first passkeys begin at
/// [Invitations] and [FirstAdministrator] and end in [Registration].
@NullMarked
package dev.vigil.admission.signin;

import org.jspecify.annotations.NullMarked;
