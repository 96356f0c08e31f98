// SPDX-License-Identifier: Apache-2.0
/// Decides every request on facts in memory, keeps watch over open streams, and cuts them the
/// moment a reason for trust ends. Imports only policy: no I/O, no clock of its own.
///
/// Start with [Decider]; [World] holds the snapshots, [Streams] the open streams.
@NullMarked
package dev.vigil.access;

import org.jspecify.annotations.NullMarked;
