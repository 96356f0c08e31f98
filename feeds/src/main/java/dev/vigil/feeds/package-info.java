// SPDX-License-Identifier: Apache-2.0
/// Reads from others: each package one kind of source behind a port of floor 3.
@NullMarked
package dev.vigil.feeds;

import org.jspecify.annotations.NullMarked;
