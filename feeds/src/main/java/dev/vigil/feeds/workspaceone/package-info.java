// SPDX-License-Identifier: Apache-2.0
/// Devices as Workspace ONE UEM knows them. Start with [WorkspaceOne].
@NullMarked
package dev.vigil.feeds.workspaceone;

import org.jspecify.annotations.NullMarked;
