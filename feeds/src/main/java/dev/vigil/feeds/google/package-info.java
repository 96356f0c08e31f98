// SPDX-License-Identifier: Apache-2.0
/// Devices as Google's products know them: the Android Management API and the Cloud Identity
/// Devices API, which holds the states of endpoint verification. Start with [AndroidManagement] and
/// [EndpointVerification].
@NullMarked
package dev.vigil.feeds.google;

import org.jspecify.annotations.NullMarked;
