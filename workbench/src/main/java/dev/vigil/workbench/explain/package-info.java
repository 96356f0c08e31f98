// SPDX-License-Identifier: Apache-2.0
/// Decisions in words: for an administrator, with every rule and value; for the person who asked,
/// with what they must do and nothing else.
///
/// Start with [AdministratorView] and [PersonView].
@NullMarked
package dev.vigil.workbench.explain;

import org.jspecify.annotations.NullMarked;
