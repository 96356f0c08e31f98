// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import dev.vigil.sdk.port.Attestor;
import dev.vigil.sdk.port.Browser;
import dev.vigil.sdk.port.DeviceKeys;
import dev.vigil.sdk.port.Randomness;
import dev.vigil.sdk.port.StateStore;
import dev.vigil.sdk.port.Transport;
import java.time.Clock;

/// What the platform lends to a [VigilClient].
public record Ports(
    DeviceKeys keys,
    StateStore store,
    Attestor attestor,
    Browser browser,
    Transport transport,
    Clock clock,
    Randomness randomness) {}
