// SPDX-License-Identifier: Apache-2.0
/// The pages on which people see and end what is theirs: passkeys, devices, sessions, and what
/// their apps would say. Start with [OwnRoutes].
@NullMarked
package dev.vigil.api.own;

import org.jspecify.annotations.NullMarked;
