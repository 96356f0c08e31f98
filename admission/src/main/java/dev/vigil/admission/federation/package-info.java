// SPDX-License-Identifier: Apache-2.0
/// Sign-in through other OpenID providers: who is linked to whom, what happens on a first sign-in,
/// and what ends when somebody signs out there. Start reading at [FederatedSignIn].
@NullMarked
package dev.vigil.admission.federation;

import org.jspecify.annotations.NullMarked;
