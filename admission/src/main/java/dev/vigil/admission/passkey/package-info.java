// SPDX-License-Identifier: Apache-2.0
/// The passkeys that people have, and what is known of authenticator models.
///
/// Start with [Passkeys] and [KnownModels].
@NullMarked
package dev.vigil.admission.passkey;

import org.jspecify.annotations.NullMarked;
