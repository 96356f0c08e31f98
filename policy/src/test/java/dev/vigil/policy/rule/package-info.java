// SPDX-License-Identifier: Apache-2.0
/// Scenes of deciding: the bank's policies and small ones. Start with [BankTest].
@NullMarked
package dev.vigil.policy.rule;

import org.jspecify.annotations.NullMarked;
