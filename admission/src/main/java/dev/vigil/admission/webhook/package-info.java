// SPDX-License-Identifier: Apache-2.0
/// Devices' signals that a product sends by itself, signed as the Standard Webhooks specification
/// (version 1) says. Start with [Webhooks], which takes a delivery, and [Delivery], which proves
/// it.
@NullMarked
package dev.vigil.admission.webhook;

import org.jspecify.annotations.NullMarked;
