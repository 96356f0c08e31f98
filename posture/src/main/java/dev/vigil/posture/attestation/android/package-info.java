// SPDX-License-Identifier: Apache-2.0
/// Android Key Attestation: a certificate chain by which a phone's secure hardware says what it
/// knows of a key, of the app that made it and of the system that booted
/// (<https://source.android.com/docs/security/features/keystore/attestation>).
///
/// Start with [AndroidKeyAttestation]. [GoogleRoots] are the vendor's roots, [RevocationList] is
/// what the vendor took back. [TestRoot] and [TestPhone] make statements of the same form for
/// development, under a root that nobody believes unless the configuration names it.
@NullMarked
package dev.vigil.posture.attestation.android;

import org.jspecify.annotations.NullMarked;
