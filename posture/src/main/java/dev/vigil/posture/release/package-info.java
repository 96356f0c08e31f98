// SPDX-License-Identifier: Apache-2.0
/// What makers say of their own releases: until when they support a system or a model, and since
/// when an update is out. Pure; the data are the files of endoflife.date, those of this package
/// unless an organisation brings newer ones.
///
/// Start with [VendorReleases].
@NullMarked
package dev.vigil.posture.release;

import org.jspecify.annotations.NullMarked;
