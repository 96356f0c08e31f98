// SPDX-License-Identifier: Apache-2.0
/// What a phone asks of Vigil for itself: a challenge, a certificate, a renewal, and to be heard
/// about its health.
///
/// Start with [DeviceRoutes].
@NullMarked
package dev.vigil.api.device;

import org.jspecify.annotations.NullMarked;
