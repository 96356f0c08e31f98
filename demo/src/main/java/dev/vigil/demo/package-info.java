// SPDX-License-Identifier: Apache-2.0
/// An organisation to try things on: people, phones and apps on loopback addresses, in one process
/// with the server.
///
/// Start with `phone`, a phone made of software.
@NullMarked
package dev.vigil.demo;

import org.jspecify.annotations.NullMarked;
