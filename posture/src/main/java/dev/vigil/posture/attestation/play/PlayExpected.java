// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.play;

import dev.vigil.posture.attestation.KnownApps;

/// What a token must be about.
///
/// @param request what was given out for this one token
public record PlayExpected(PlayRequest request, KnownApps apps) {}
