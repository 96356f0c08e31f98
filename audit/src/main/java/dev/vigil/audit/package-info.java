// SPDX-License-Identifier: Apache-2.0
/// What happened, in a form that lasts: security events and decision records. Pure.
///
/// Start with [SecurityEvent].
@NullMarked
package dev.vigil.audit;

import org.jspecify.annotations.NullMarked;
