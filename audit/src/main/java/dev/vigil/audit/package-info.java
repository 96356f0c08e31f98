// SPDX-License-Identifier: Apache-2.0
/// What happened, in a form that lasts: security events and decision records. Pure.
///
/// Start with [SecurityEvent] and [DecisionRecord]; the bytes of a record are made by
/// [RecordEncoder] and judged by [RecordDecoder], as docs/record-format.md says.
@NullMarked
package dev.vigil.audit;

import org.jspecify.annotations.NullMarked;
