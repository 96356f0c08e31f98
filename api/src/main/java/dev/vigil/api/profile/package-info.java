// SPDX-License-Identifier: Apache-2.0
/// What device management products hand to devices so that they find us: Apple configuration
/// profiles and Android managed configurations.
///
/// Start with [AppleProfile] or [AndroidConfiguration].
@NullMarked
package dev.vigil.api.profile;

import org.jspecify.annotations.NullMarked;
