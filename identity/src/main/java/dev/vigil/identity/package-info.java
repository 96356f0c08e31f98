// SPDX-License-Identifier: Apache-2.0
/// People and workloads, their passkeys, and the state machines of OAuth and sessions. Pure: time
/// and randomness are arguments, storage is somebody else's.
///
/// Start with [Subject] and [Session].
@NullMarked
package dev.vigil.identity;

import org.jspecify.annotations.NullMarked;
