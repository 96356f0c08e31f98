// SPDX-License-Identifier: Apache-2.0
/// Phones of the demo: the SDK on a JVM, with keys, a passkey and a transport in software.
///
/// Start with [SoftwarePasskey].
@NullMarked
package dev.vigil.demo.phone;

import org.jspecify.annotations.NullMarked;
