// SPDX-License-Identifier: Apache-2.0
/// The top of the house: the command line and every `new`. Nothing below it makes a clock, a random
/// source or a thread pool of its own.
///
/// Start with [Vigil], the command line, and [Assembly], which puts one running server together.
@NullMarked
package dev.vigil.server;

import org.jspecify.annotations.NullMarked;
