// SPDX-License-Identifier: Apache-2.0
/// The messages of SCEP (RFC 8894): what a device signs and encrypts, and what it is answered. RSA,
/// AES and SHA-2 only. The registration authority's key is held elsewhere: [RegistrationKey].
///
/// Start with [ScepMessage], then [ScepReply].
@NullMarked
package dev.vigil.pki.scep;

import org.jspecify.annotations.NullMarked;
