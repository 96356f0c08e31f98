// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import dev.vigil.kernel.EvidenceTier;
import java.time.Instant;

/// What stands behind a fact: how much it is worth and since when it is known.
///
/// @param observed the earlier of observed and received; ages count from here
public record Evidence(EvidenceTier tier, Instant observed) {}
