// SPDX-License-Identifier: Apache-2.0
/// Device certificates over ACME (RFC 8555) for devices under management: an order is good only for
/// a right that an administrator gave, and only for a key that the device's maker vouches for
/// (`device-attest-01`, draft-ietf-acme-device-attest).
///
/// Start with [AcmeOrders]; [AttestationVerifier] is where makers' statements are verified.
@NullMarked
package dev.vigil.admission.acme;

import org.jspecify.annotations.NullMarked;
