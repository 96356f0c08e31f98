// SPDX-License-Identifier: Apache-2.0
/// What the core asks of the platform: keys, storage, attestation, a browser, sockets, random
/// bytes.
///
/// Start with [Transport], which has the strictest contract, then [DeviceKeys].
@NullMarked
package dev.vigil.sdk.port;

import org.jspecify.annotations.NullMarked;
