// SPDX-License-Identifier: Apache-2.0
/// The ACME server (RFC 8555) for devices under management, with the challenge `device-attest-01`.
///
/// Start with [AcmeRoutes]; [Envelopes] opens what clients signed.
@NullMarked
package dev.vigil.api.acme;

import org.jspecify.annotations.NullMarked;
