// SPDX-License-Identifier: Apache-2.0
/// Changes: sign in, enrol, report posture, step up, revoke, publish. Every change and its event
/// are one transaction; snapshots of facts follow the commit.
///
/// Start with [Changes]; the ports it stands on are [Store], [Tx] and [FactsSink].
@NullMarked
package dev.vigil.admission;

import org.jspecify.annotations.NullMarked;
