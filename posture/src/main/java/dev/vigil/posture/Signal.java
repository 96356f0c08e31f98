// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import dev.vigil.kernel.EvidenceTier;
import java.time.Instant;

/// One observed fact about a device.
///
/// @param value as written in reports: `true`, `17.1`, `2026-09-05`, `low`
/// @param source who says so, such as `sdk` or `intune`
/// @param observed the earlier of observed and received
public record Signal(
    SignalName name, String value, String source, EvidenceTier tier, Instant observed) {}
