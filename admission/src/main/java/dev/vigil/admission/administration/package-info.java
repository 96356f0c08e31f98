// SPDX-License-Identifier: Apache-2.0
/// What administrators do: people, apps, policies, and the ends of sessions and devices. Each act
/// is one commit with its event; the event names who did it and why, for nothing is done here
/// without a [Mandate].
///
/// Names are parsed into types that prove their form ([UserName], [GroupName], [HostName], ...)
/// before a use case sees them. Who may call which use case is said at the door, in the API.
///
/// Start with [People], then [Publications], which changes the [Policies].
@NullMarked
package dev.vigil.admission.administration;

import org.jspecify.annotations.NullMarked;
