// SPDX-License-Identifier: Apache-2.0
/// What attestation needs from Google over the network: the list of attestation keys that were
/// taken back, and verdicts of Play Integrity for apps that leave their tokens' keys with Google.
///
/// Start with [StatusLists] and [PlayIntegrityApi]. Both are given what sends, [Sending], and keep
/// no clock.
@NullMarked
package dev.vigil.feeds.attestation;

import org.jspecify.annotations.NullMarked;
