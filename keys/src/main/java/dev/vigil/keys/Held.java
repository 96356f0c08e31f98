// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.pki.SigningKey;
import java.security.cert.X509Certificate;

/// A key of the key store with its certificate, wherever its private half is.
sealed interface Held extends SigningKey permits HeldKey, TokenKey {

  X509Certificate certificate();
}
