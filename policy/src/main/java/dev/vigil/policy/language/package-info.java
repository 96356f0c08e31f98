// SPDX-License-Identifier: Apache-2.0
/// The policy language: YAML for the frame, CEL for conditions, every problem at once and with its
/// place.
///
/// Start with [PolicyReader]. [YamlReader] makes a tree of places out of text, [RuleReader] makes
/// rules out of the tree, [ConditionReader] makes conditions out of CEL.
@NullMarked
package dev.vigil.policy.language;

import org.jspecify.annotations.NullMarked;
