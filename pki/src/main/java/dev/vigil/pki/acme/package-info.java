// SPDX-License-Identifier: Apache-2.0
/// ACME (RFC 8555) without the network: signed requests, accounts, nonces, and the life of an order
/// for a device's certificate. Pure; signatures are verified by a library.
///
/// Start with [Order]; [SignedRequest] is what every client sends.
@NullMarked
package dev.vigil.pki.acme;

import org.jspecify.annotations.NullMarked;
