// SPDX-License-Identifier: Apache-2.0
/// Certificates: a profile, a check of the request against it, and the single-use right to sign
/// that the check yields. Pure: keys are held elsewhere and sign through a port, [SigningKey].
///
/// Start with [Authority]; [Hierarchy] makes the organisation's own certificates,
/// [CertificateRequest] reads what clients send.
@NullMarked
package dev.vigil.pki;

import org.jspecify.annotations.NullMarked;
