// SPDX-License-Identifier: Apache-2.0
/// What a reviewer should look at in policies that are sound: rules that can never apply, that
/// others make idle, or that stand twice. Everything told here is certain; what only a solver could
/// find is not looked for.
///
/// Start with [IdleRules]; [Implication] says when one condition follows from another.
@NullMarked
package dev.vigil.workbench.check;

import org.jspecify.annotations.NullMarked;
