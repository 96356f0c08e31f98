// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Sentence;
import dev.vigil.policy.condition.Condition;

/// A condition that must be true before access is granted; unknown is unmet.
///
/// @param name unique within its rule
/// @param text a sentence for the person who does not meet it; empty if they are told nothing
/// @param written the condition as its author wrote it
public record Requirement(
    String name, Condition condition, Remedy remedy, Sentence text, String written) {}
