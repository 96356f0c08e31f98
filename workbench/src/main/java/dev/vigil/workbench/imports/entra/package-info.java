// SPDX-License-Identifier: Apache-2.0
/// Microsoft Entra Conditional Access: policies, named locations, authentication strengths and
/// groups as Microsoft Graph gives them.
///
/// Start with [EntraImport]. Each of its neighbours carries over one part of a policy: [Who] the
/// users, [Apps] the resources, [Where] the locations, [Circumstances] the other conditions,
/// [Grants] and [Sessions] the controls.
@NullMarked
package dev.vigil.workbench.imports.entra;

import org.jspecify.annotations.NullMarked;
