// SPDX-License-Identifier: Apache-2.0
/// Play Integrity: a token by which Google Play vouches for an app and the device that it runs on
/// (<https://developer.android.com/google/play/integrity>).
///
/// Start with [PlayIntegrity], which opens tokens with keys of our own; [PlayVerdict] reads what
/// they hold, also as Google's server answers it.
@NullMarked
package dev.vigil.posture.attestation.play;

import org.jspecify.annotations.NullMarked;
