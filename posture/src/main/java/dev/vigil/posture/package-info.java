// SPDX-License-Identifier: Apache-2.0
/// Devices and what is known of their health: signals with source, tier and time. Pure.
///
/// Start with [Device], [Signal] and [Posture]; [Report] is what an app says, [SignalForm] how
/// values are written.
@NullMarked
package dev.vigil.posture;

import org.jspecify.annotations.NullMarked;
