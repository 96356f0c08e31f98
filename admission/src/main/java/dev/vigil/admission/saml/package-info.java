// SPDX-License-Identifier: Apache-2.0
/// Signing in to SAML service providers: who they are, and how a request becomes an assertion. The
/// app's policies decide before anything is issued, and everything hangs from a session.
///
/// Start with [SingleSignOn]; [SingleLogout] ends what it began; [SamlProviders] registers.
@NullMarked
package dev.vigil.admission.saml;

import org.jspecify.annotations.NullMarked;
