// SPDX-License-Identifier: Apache-2.0
/// Statements by which platforms vouch for a device and its key, one small verifier per format,
/// each with its specification. Pure: time, trust anchors and revocation lists are arguments.
///
/// Start with [Attested], what a verified statement proves; [Anchors] says whom it is believed.
/// [AppAttest], [AppleDeviceAttestation] and [TpmKeyAttestation] verify; what they share is
/// [AttestationObject], the CBOR around them, and its chain of certificates.
@NullMarked
package dev.vigil.posture.attestation;

import org.jspecify.annotations.NullMarked;
