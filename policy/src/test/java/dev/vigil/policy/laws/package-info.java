// SPDX-License-Identifier: Apache-2.0
/// The meaning of policies written down a second time, slowly and simply, and laws that hold for
/// the engine and it.
///
/// Start with [LawsTest]; [Model] is the meaning, [Generator] makes policies and worlds from a
/// seed.
@NullMarked
package dev.vigil.policy.laws;

import org.jspecify.annotations.NullMarked;
