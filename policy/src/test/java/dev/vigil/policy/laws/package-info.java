// SPDX-License-Identifier: Apache-2.0
/// The meaning of policies written down a second time, slowly and simply, and laws that hold for
/// the engine and it.
///
/// Start with [LawsTest]; [Model] and [Steps] are the meaning, [Policies] and [Worlds] are made
/// from a seed, and [Shrinker] makes what breaks a law small.
@NullMarked
package dev.vigil.policy.laws;

import org.jspecify.annotations.NullMarked;
