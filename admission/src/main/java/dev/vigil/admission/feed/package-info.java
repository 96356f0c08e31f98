// SPDX-License-Identifier: Apache-2.0
/// Signals from other products: device management, threat defence, lists. Each says what it knows
/// of devices by its own identifiers; here they are matched to devices and taken in.
///
/// Start with [PostureSource], a product that is asked, and [DeviceSaid], what it says of one
/// device.
@NullMarked
package dev.vigil.admission.feed;

import org.jspecify.annotations.NullMarked;
