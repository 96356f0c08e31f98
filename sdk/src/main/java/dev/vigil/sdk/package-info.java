// SPDX-License-Identifier: Apache-2.0
/// What an app links to reach an organisation's services without a VPN: enrol the phone once, sign
/// in, call.
///
/// Start with [VigilClient]; every answer is one of the cases of [CallResult], [ActResult] or
/// [StreamResult]. What differs between platforms stands in `dev.vigil.sdk.port`, so that this runs
/// on Android as on any JVM from 17 on.
///
/// State, so that it can be reviewed in one place:
///
/// - The device's key never leaves [dev.vigil.sdk.port.DeviceKeys]; we hold a handle.
/// - The [dev.vigil.sdk.port.StateStore] keeps one sealed blob: device id, certificate chain, trust
///   anchors, gateway address and refresh token. It is written before anything that was received is
///   used.
/// - Access tokens, proof nonces and the measured clock difference live in memory and die with the
///   process.
/// - The issuer is verified against the profile's trust anchors, the gateway against those received
///   at enrolment; the platform's own list of authorities is never asked.
///
/// All methods block; call them off the main thread. Nothing here starts threads or logs.
@NullMarked
package dev.vigil.sdk;

import org.jspecify.annotations.NullMarked;
