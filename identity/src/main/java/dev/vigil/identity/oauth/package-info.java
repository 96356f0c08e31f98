// SPDX-License-Identifier: Apache-2.0
/// OAuth as far as it is pure: what a native app may ask for, proofs of its key (RFC 9449), PKCE
/// (RFC 7636), pushed requests (RFC 9126), and what stands in a token request. There are no
/// passwords anywhere.
///
/// Start with [AuthorizationRequest], [TokenRequest] and [ProofOfKey].
@NullMarked
package dev.vigil.identity.oauth;

import org.jspecify.annotations.NullMarked;
