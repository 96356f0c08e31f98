// SPDX-License-Identifier: Apache-2.0
/// server.
@NullMarked
package dev.vigil.server;

import org.jspecify.annotations.NullMarked;
