// SPDX-License-Identifier: Apache-2.0
/// Rules and what they come to: default deny, permits, guards and forbids, and the smallest set of
/// steps that would let this person in.
///
/// Start with [Rules] (what an author wrote, typed), then [Judge] (the meaning) and [Steps] (what
/// is missing).
@NullMarked
package dev.vigil.policy.rule;

import org.jspecify.annotations.NullMarked;
