// SPDX-License-Identifier: Apache-2.0
/// The command line: what an administrator types, what the API is asked, and how the answer is
/// shown to people and programs. The only package that writes to standard output, through
/// [Terminal].
///
/// Start with [CommandTree]; a leaf of the tree is an [AdminCommand], one that changes something a
/// [ChangeCommand]. Signing in is [SignIn], what stays on disk afterwards [StateFolder], every
/// request [Api].
@NullMarked
package dev.vigil.server.cli;

import org.jspecify.annotations.NullMarked;
