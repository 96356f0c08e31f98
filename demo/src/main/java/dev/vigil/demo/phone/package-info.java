// SPDX-License-Identifier: Apache-2.0
/// A phone without a phone: what the core of the SDK asks of its platform, made of software on a
/// server's Java.
///
/// Start with [VertxTransport]. Keys and state here protect nothing; on a phone they live in
/// hardware.
@NullMarked
package dev.vigil.demo.phone;

import org.jspecify.annotations.NullMarked;
